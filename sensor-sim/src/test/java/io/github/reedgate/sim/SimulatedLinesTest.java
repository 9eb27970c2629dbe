package io.github.reedgate.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The switches stepped by hand in virtual time. */
final class SimulatedLinesTest {

    private static final List<SwitchSettings> DOORS = SwitchSettings.parseAll("front_door=17:high; back_door=27:low;");

    private final List<LineEdge> edges = new ArrayList<>();
    private long nowNanos;
    private final SimulatedLines lines = lines(7);

    private SimulatedLines lines(long seed) {
        SimulatedLines made = new SimulatedLines(DOORS, seed, () -> nowNanos);
        made.observe(edges::add);
        return made;
    }

    private void run(Duration duration) {
        long end = nowNanos + duration.toNanos();
        for (long due = lines.advance(); due <= end; due = lines.advance()) {
            nowNanos = due;
        }
        nowNanos = end;
        lines.advance();
    }

    @Test
    void allDoorsAreClosedInTheBeginning() {
        assertThat(lines.level(17)).isEqualTo(LineLevel.LOW);
        assertThat(lines.level(27)).isEqualTo(LineLevel.HIGH);
        assertThat(lines.names()).containsExactly("front_door", "back_door");
    }

    @Test
    void openingPlaysTheWholeTrainAndEndsOpen() {
        assertThat(lines.move("front_door", DoorPosition.OPEN, BounceModel.WORN))
                .isTrue();
        run(Duration.ofMillis(30));
        assertThat(edges).hasSizeGreaterThan(10).allMatch(edge -> edge.offset() == 17 && edge.heard());
        assertThat(edges).isSortedAccordingTo((a, b) -> Long.compare(a.atNanos(), b.atNanos()));
        assertThat(lines.level(17)).isEqualTo(LineLevel.HIGH);
        assertThat(lines.status("front_door").edgesSent()).isEqualTo(edges.size());
    }

    @Test
    void openingAnOpenDoorDoesNothing() {
        lines.move("front_door", DoorPosition.OPEN, BounceModel.CLEAN);
        assertThat(lines.move("front_door", DoorPosition.OPEN, BounceModel.CLEAN))
                .isFalse();
        assertThat(edges).hasSize(1);
    }

    @Test
    void bounceEndsWhereItBegan() {
        lines.bounce("back_door", BounceModel.EMI);
        run(Duration.ofSeconds(1));
        assertThat(edges).isNotEmpty().hasSizeLessThanOrEqualTo(16);
        assertThat(edges.size() % 2).isZero();
        assertThat(lines.level(27)).isEqualTo(LineLevel.HIGH);
    }

    @Test
    void closingDuringTheBounceOfOpeningEndsClosed() {
        lines.move("front_door", DoorPosition.OPEN, BounceModel.WORN);
        nowNanos += 1_000_000;
        lines.move("front_door", DoorPosition.CLOSED, BounceModel.WORN);
        run(Duration.ofSeconds(1));
        assertThat(lines.level(17)).isEqualTo(LineLevel.LOW);
        assertThat(edges).isSortedAccordingTo((a, b) -> Long.compare(a.atNanos(), b.atNanos()));
        LineLevel level = LineLevel.LOW;
        for (LineEdge edge : edges) {
            assertThat(edge.level()).isEqualTo(level.inverted());
            level = edge.level();
        }
    }

    @Test
    void stuckContactIgnoresTheDoorUntilItIsMended() {
        lines.fault("front_door", Fault.STUCK);
        lines.move("front_door", DoorPosition.OPEN, BounceModel.REED);
        run(Duration.ofSeconds(1));
        assertThat(edges).isEmpty();
        assertThat(lines.status("front_door").position()).isEqualTo(DoorPosition.OPEN);
        lines.fault("front_door", Fault.NONE);
        run(Duration.ofSeconds(1));
        assertThat(lines.level(17)).isEqualTo(LineLevel.HIGH);
    }

    @Test
    void deafLineChangesItsLevelAndTellsNobody() {
        lines.deaf("front_door", true);
        lines.move("front_door", DoorPosition.OPEN, BounceModel.CLEAN);
        assertThat(lines.level(17)).isEqualTo(LineLevel.HIGH);
        assertThat(edges).singleElement().matches(edge -> !edge.heard());
        assertThat(lines.status("front_door").edgesSent()).isZero();
    }

    @Test
    void intermittentContactTwitchesByItselfAndRestsWhereTheDoorIs() {
        lines.fault("front_door", Fault.INTERMITTENT);
        run(Duration.ofMinutes(2));
        assertThat(edges).hasSizeGreaterThan(20);
        lines.fault("front_door", Fault.NONE);
        run(Duration.ofSeconds(10));
        assertThat(lines.level(17)).isEqualTo(LineLevel.LOW);
        assertThat(lines.nextDueNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anySequenceOfCommandsKeepsEdgesAlternatingAndEndsWhereTheDoorsAre() {
        for (int seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SimulatedLines some = lines(seed);
            edges.clear();
            for (int i = 0; i < 40; i++) {
                act(some, random);
                nowNanos += random.nextLong(50_000_000);
                some.advance();
            }
            DOORS.forEach(door -> some.fault(door.name(), Fault.NONE));
            nowNanos += 2 * BounceModel.MAX_NANOS;
            some.advance();
            checkAll(some, "seed " + seed);
        }
    }

    private static void act(SimulatedLines some, SplittableRandom random) {
        String name = DOORS.get(random.nextInt(DOORS.size())).name();
        BounceModel model = pick(List.of(BounceModel.values()), random);
        switch (random.nextInt(4)) {
            case 0 -> some.move(name, DoorPosition.OPEN, model);
            case 1 -> some.move(name, DoorPosition.CLOSED, model);
            case 2 -> some.bounce(name, model);
            default -> some.fault(name, pick(List.of(Fault.values()), random));
        }
    }

    private static <T> T pick(List<T> all, SplittableRandom random) {
        return all.get(random.nextInt(all.size()));
    }

    private void checkAll(SimulatedLines some, String what) {
        for (SwitchSettings door : DOORS) {
            LineLevel level = door.level(DoorPosition.CLOSED);
            long last = Long.MIN_VALUE;
            for (LineEdge edge : edges) {
                if (edge.offset() == door.offset()) {
                    assertThat(edge.level()).as(what).isEqualTo(level.inverted());
                    assertThat(edge.atNanos()).as(what).isGreaterThanOrEqualTo(last);
                    level = edge.level();
                    last = edge.atNanos();
                }
            }
            DoorPosition position = some.status(door.name()).position();
            assertThat(some.level(door.offset())).as(what).isEqualTo(door.level(position));
            assertThat(level).as(what).isEqualTo(door.level(position));
        }
    }

    @Test
    void sameSeedAndCommandsGiveTheSameEdges() {
        lines.move("front_door", DoorPosition.OPEN, BounceModel.WORN);
        run(Duration.ofSeconds(1));
        List<LineEdge> first = List.copyOf(edges);
        edges.clear();
        nowNanos = 0;
        lines.seed(7);
        SimulatedLines again = lines(7);
        again.move("front_door", DoorPosition.OPEN, BounceModel.WORN);
        nowNanos = 1_000_000_000;
        again.advance();
        assertThat(edges).isEqualTo(first);
    }

    @Test
    void unknownNameTellsTheNearest() {
        assertThatThrownBy(() -> lines.bounce("frnt_door", BounceModel.EMI))
                .hasMessage("no simulated switch is named 'frnt_door'; did you mean 'front_door'?");
        assertThatThrownBy(() -> lines.deaf("cellar", true))
                .hasMessage("no simulated switch is named 'cellar'; expected one of front_door, back_door");
    }

    @Test
    void malformedListOfLinesIsRefused() {
        assertThatThrownBy(() -> SwitchSettings.parseAll("front_door=17"))
                .hasMessage(
                        "simulated line 'front_door=17' is malformed; expected name=offset:high or name=offset:low");
        assertThatThrownBy(() -> SwitchSettings.parseAll("a=1:low;b=1:low"))
                .hasMessage("simulated line 'b=1:low' repeats the name or the offset of one before it");
        assertThatThrownBy(() -> SwitchSettings.parseAll("a=9999:low"))
                .hasMessage("line offset 9999 of 'a' is not in 0 to 1023");
        assertThat(SwitchSettings.parseAll("")).isEmpty();
    }
}
