package io.github.reedgate.core;

import static io.github.reedgate.contact.Position.CLOSED;
import static io.github.reedgate.contact.Position.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.contact.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the core makes of a wall clock that is set: it is told, past times follow, and no delay changes. */
class ClockTest {

    private static final long START_MILLIS = CoreRig.START.wall().toEpochMilli();

    private static CoreRig door() {
        return CoreRig.of(CoreRig.door(17)).started();
    }

    private static List<StepOutput.ClockCorrection> corrections(CoreRig rig) {
        return rig.each(StepOutput::clock);
    }

    @Test
    void synchronisationIsToldOnceSomethingWasStampedBefore() {
        CoreRig rig = door();
        rig.step(new Input.ClockChecked(true));

        assertThat(rig.events()).hasSize(1);
        assertThat(rig.events().get(0))
                .containsEntry("event_type", "clock_corrected")
                .containsEntry("message", "Clock synchronised")
                .containsEntry("clock_synced", true)
                .containsEntry("by_ms", 0)
                .containsEntry("synced", true)
                .doesNotContainKey("down_s");
        assertThat(corrections(rig)).containsExactly(new StepOutput.ClockCorrection(3, START_MILLIS));

        rig.forget();
        rig.step(new Input.ClockChecked(true));
        rig.step(new Input.ClockChecked(false));
        assertThat(rig.outputs()).isEmpty();
    }

    @Test
    void clockThatIsRightFromTheBeginningIsNotWorthAnEvent() {
        CoreRig rig = CoreRig.of(CoreRig.door(17));
        rig.step(new Input.ClockChecked(true));
        rig.start();
        rig.pass(Duration.ofSeconds(2));

        assertThat(rig.eventTypes()).containsExactly("started");
        assertThat(rig.events().get(0)).containsEntry("clock_synced", true);
        assertThat(corrections(rig)).isEmpty();
    }

    @Test
    void clockThatIsSetBeforeItIsKnownToBeSynchronisedIsToldTwiceAndTheSumsAreRight() {
        CoreRig rig = door();
        rig.setClock(Duration.ofHours(3).plusMillis(250));
        rig.pass(Duration.ofSeconds(20));
        assertThat(rig.events()).hasSize(1);
        assertThat(rig.events().get(0))
                .containsEntry("message", "Clock set forward by 3 h 0 min, not synchronised yet")
                .containsEntry("clock_synced", false)
                .containsEntry("by_ms", 10_800_250)
                .containsEntry("synced", false);
        assertThat(corrections(rig)).isEmpty();

        rig.setClock(Duration.ofMillis(-40));
        rig.step(new Input.ClockChecked(true));
        assertThat(rig.events().get(1)).containsEntry("by_ms", -40).containsEntry("synced", true);
        assertThat(corrections(rig)).containsExactly(new StepOutput.ClockCorrection(3, START_MILLIS + 10_800_210));
    }

    @Test
    void clockThatIsSetAndSynchronisedInOneStepIsToldInOneEvent() {
        CoreRig rig = door();
        rig.setClock(Duration.ofMinutes(-90));
        rig.step(new Input.ClockChecked(true));

        assertThat(rig.eventTypes()).containsExactly("clock_corrected");
        assertThat(rig.events().get(0))
                .containsEntry("message", "Clock synchronised and set back by 1 h 30 min")
                .containsEntry("by_ms", -5_400_000);
    }

    @ParameterizedTest
    @CsvSource({"1999, 0", "-1999, 0", "2000, 1", "-2000, 1"})
    void jumpCountsFromTwoSecondsOn(long millis, int events) {
        CoreRig rig = door();
        rig.setClock(Duration.ofMillis(millis));
        rig.pass(Duration.ofMinutes(1));

        assertThat(rig.events()).hasSize(events);
    }

    @Test
    void driftIsToldOnceItHasAddedUp() {
        CoreRig rig = door();
        for (int i = 0; i < 45; i++) {
            rig.setClock(Duration.ofMillis(100));
            rig.pass(Duration.ofSeconds(1));
        }
        assertThat(rig.events()).extracting(event -> event.get("by_ms")).containsExactly(2_000, 2_000);
    }

    @Test
    void beginningOfAStateMovesWithTheClockAndTheDetailSaysSo() {
        CoreRig rig = door();
        rig.move(0, OPEN);
        rig.pass(Duration.ofSeconds(10));
        String id = (String) rig.events().get(0).get("id");
        rig.forget();
        rig.setClock(Duration.ofHours(5));
        rig.pass(Duration.ofMillis(100));

        assertThat(rig.told()).containsExactly("s17/detail", "event");
        assertThat(CoreRig.json(rig.last("s17/detail")))
                .containsEntry("since", "2026-11-23T02:14:02.000Z")
                .containsEntry("event_id", id);
        rig.step(new Input.LineFailed(0, "gone"));
        assertThat(CoreRig.json(rig.last("s17/detail"))).containsEntry("since", null);
    }

    @Test
    void eventThatSettlesAfterAJumpHappenedByTheNewClock() {
        CoreRig rig = door();
        rig.move(0, OPEN);
        rig.pass(Duration.ofMillis(10));
        rig.setClock(Duration.ofHours(2));
        rig.pass(Duration.ofMillis(20));

        assertThat(rig.events())
                .extracting(event -> event.get("event_type") + " " + event.get("time") + " " + event.get("uptime_ms"))
                .containsExactly(
                        "clock_corrected 2026-11-22T23:14:02.030Z 2030", "opened 2026-11-22T23:14:02.000Z 2000");
    }

    @ParameterizedTest
    @ValueSource(ints = {-48, -1, 1, 48})
    void outageHasItsLengthOverAnyJump(int hours) {
        CoreRig rig = door();
        rig.step(new Input.LinkLost("gone"));
        rig.pass(Duration.ofSeconds(30));
        rig.setClock(Duration.ofHours(hours));
        rig.pass(Duration.ofMillis(11_300));
        rig.step(new Input.LinkUp());

        assertThat(rig.eventTypes()).containsExactly("link_lost", "clock_corrected", "link_restored");
        assertThat(rig.events().get(2))
                .containsEntry("outage_ms", 41_300)
                .containsEntry("message", "Connection to the broker restored after 41 s");
    }

    @Test
    void everyTimeOfAStartFollowsFromTheLastCorrection() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            CoreRig rig = door();
            story(rig, random, true);
            rig.step(new Input.ClockChecked(false));
            rig.step(new Input.ClockChecked(true));
            List<StepOutput.ClockCorrection> all = corrections(rig);
            long zero = all.get(all.size() - 1).wallMillisAtUptimeZero();
            Map<String, Object> last = rig.events().get(rig.events().size() - 1);

            long reckoned = zero + number(last, "uptime_ms");
            long told = Instant.parse((String) last.get("time")).toEpochMilli();
            assertThat(reckoned - told).as("seed %d", seed).isBetween(-1L, 1L);
            long moved = rig.events().stream()
                    .filter(event -> "clock_corrected".equals(event.get("event_type")))
                    .mapToLong(event -> number(event, "by_ms"))
                    .sum();
            assertThat(moved).as("seed %d", seed).isEqualTo(zero - START_MILLIS);
        }
    }

    private static long number(Map<String, Object> event, String field) {
        return ((Number) event.getOrDefault(field, Long.MIN_VALUE)).longValue();
    }

    @Test
    void noDelayHangsOnTheWallClock() {
        for (int seed = 0; seed < 300; seed++) {
            CoreRig still = door();
            CoreRig jumping = door();
            story(still, new Random(seed), false);
            story(jumping, new Random(seed), true);

            assertThat(jumping.timeline()).as("seed %d", seed).isEqualTo(still.timeline());
            assertThat(jumping.eventTypes()).as("seed %d", seed).contains("clock_corrected");
        }
    }

    /** The same moves, outages and silences for a seed; with jumps the wall clock is set by hours every now and then. */
    private static void story(CoreRig rig, Random random, boolean jumps) {
        Random hours = new Random(4711);
        Position position = CLOSED;
        for (int i = 0; i < 60; i++) {
            if (i % 5 == 3 && jumps) {
                rig.setClock(Duration.ofSeconds((hours.nextBoolean() ? 1 : -1) * (10L + hours.nextInt(200_000))));
            }
            switch (random.nextInt(6)) {
                case 0 -> rig.step(new Input.LinkLost("gone"));
                case 1 -> rig.step(new Input.LinkUp());
                case 2 -> rig.breakLine(0, random.nextBoolean() ? "unreadable" : "");
                default -> {
                    position = position.other();
                    rig.move(0, position);
                }
            }
            rig.pass(Duration.ofMillis(1L << random.nextInt(15)));
        }
    }
}
