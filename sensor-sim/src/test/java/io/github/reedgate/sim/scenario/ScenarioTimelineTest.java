package io.github.reedgate.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.sim.DoorPosition;
import io.github.reedgate.sim.LineLevel;
import io.github.reedgate.sim.SwitchSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scenarios unrolled and played in virtual time. */
final class ScenarioTimelineTest {

    private static final List<SwitchSettings> DOORS =
            SwitchSettings.parseAll("front_door=17:high;back_door=27:low;window=22:high");

    private static List<TimelineEntry> play(String text, long seed) throws ScenarioException {
        return play(ScenarioReader.read(text), DOORS, seed);
    }

    private static List<TimelineEntry> play(Scenario scenario, List<SwitchSettings> switches, long seed) {
        List<TimelineEntry> all = new ArrayList<>();
        new ScenarioTimeline(scenario, switches, seed).forEachRemaining(all::add);
        return all;
    }

    private static List<String> movesAndMarks(String text) throws ScenarioException {
        List<String> told = new ArrayList<>();
        for (TimelineEntry entry : play(text, 1)) {
            Duration at = Duration.ofNanos(entry.atNanos());
            if (entry instanceof TimelineEntry.Move move) {
                told.add(at + " " + move.door() + " " + move.position());
            } else if (entry instanceof TimelineEntry.Mark mark) {
                told.add(at + " " + mark.text());
            }
        }
        return told;
    }

    @Test
    void atCountsFromTheBeginningAndAfterFromTheStepBefore() throws ScenarioException {
        assertThat(movesAndMarks(
                        "at 5s open front_door\nafter 2s close it\nat 00:01 mark a  b\nopen @5\nwait 3s\nmark c"))
                .containsExactly(
                        "PT5S front_door OPEN",
                        "PT7S front_door CLOSED",
                        "PT1M a  b",
                        "PT1M back_door OPEN",
                        "PT1M3S c");
    }

    @Test
    void roundsLastAtLeastAsLongAsTold() throws ScenarioException {
        assertThat(movesAndMarks("repeat 2 every 10s\nat 1s open @1\nafter 3s close @1\nend\nmark over"))
                .containsExactly(
                        "PT1S front_door OPEN",
                        "PT4S front_door CLOSED",
                        "PT11S front_door OPEN",
                        "PT14S front_door CLOSED",
                        "PT20S over");
        assertThat(movesAndMarks("repeat 2 every 1s\nwait 3s\nmark x\nend")).containsExactly("PT3S x", "PT6S x");
    }

    @Test
    void daysBeginAtMidnight() throws ScenarioException {
        assertThat(movesAndMarks("days 2\nat 07:30 open all\nafter 1h close all\nend"))
                .contains("PT7H30M front_door OPEN", "PT7H30M window OPEN", "PT31H30M front_door OPEN")
                .hasSize(12);
    }

    @Test
    void randomRoundsStayInTheirWindowAndDifferFromDayToDay() throws ScenarioException {
        List<TimelineEntry> all =
                play("days 30\nrandom 2..5 from 08:00 to 20:00\nopen any\nafter 1s..9s close it\nend\nend", 3);
        List<Duration> times = new ArrayList<>();
        for (TimelineEntry entry : all) {
            if (entry instanceof TimelineEntry.Move move && move.position() == DoorPosition.OPEN) {
                times.add(Duration.ofNanos(move.atNanos()));
            }
        }
        assertThat(times).hasSizeBetween(60, 150).doesNotHaveDuplicates();
        assertThat(times).allMatch(time -> time.toHoursPart() >= 8 && time.toHoursPart() <= 20);
    }

    @Test
    void sameSeedGivesTheSameTimelineAndAnotherSeedAnother() throws ScenarioException {
        String text = "days 3\nrandom 5 from 08:00 to 20:00\nopen any with worn\nafter 1s..9s close it\nend\nend";
        assertThat(play(text, 5)).isEqualTo(play(text, 5)).isNotEqualTo(play(text, 6));
        assertThat(play("seed 9\n" + text, 5)).isEqualTo(play("seed 9\n" + text, 6));
    }

    @Test
    void monthOfSixteenLinesPlaysLazilyInSecondsAndEndsWhereTheDoorsAre() throws ScenarioException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            lines.append("door_").append(i).append('=').append(i + 2).append(i % 2 == 0 ? ":high;" : ":low;");
        }
        List<SwitchSettings> switches = SwitchSettings.parseAll(lines.toString());
        Scenario month = ScenarioReader.read("days 30\nrandom 200..300 from 06:00 to 23:00\nopen any with worn\n"
                + "after 1s..30s close it with reed\nend\nend");
        ScenarioTimeline timeline = new ScenarioTimeline(month, switches, 11);
        Map<String, LineLevel> levels = new HashMap<>();
        switches.forEach(one -> levels.put(one.name(), one.level(DoorPosition.CLOSED)));
        long edges = 0;
        long last = 0;
        while (timeline.hasNext()) {
            TimelineEntry entry = timeline.next();
            assertThat(entry.atNanos()).isGreaterThanOrEqualTo(last);
            last = entry.atNanos();
            if (entry instanceof TimelineEntry.Edge told) {
                LineLevel before = levels.put(told.edge().name(), told.edge().level());
                assertThat(told.edge().level()).isNotEqualTo(before);
                edges++;
            }
        }
        assertThat(edges).isBetween(200_000L, 600_000L);
        timeline.lines().status().forEach(one -> assertThat(one.position()).isEqualTo(DoorPosition.CLOSED));
        switches.forEach(one -> assertThat(levels).containsEntry(one.name(), one.level(DoorPosition.CLOSED)));
        assertThat(Duration.ofNanos(last).toDays()).isEqualTo(29);
    }

    @Test
    void intermittentContactDoesNotGoOnForEver() throws ScenarioException {
        assertThat(play("loosen @1\nwait 1m\nmark end", 2))
                .hasSizeBetween(5, 500)
                .last()
                .matches(entry -> Duration.ofNanos(entry.atNanos()).toSeconds() < 80);
    }

    @Test
    void deafAndStuckShowInTheEdges() throws ScenarioException {
        assertThat(play("deaf @1 on\nopen @1 with clean\nstick @2\nopen @2", 1))
                .filteredOn(TimelineEntry.Edge.class::isInstance)
                .singleElement()
                .matches(entry -> !((TimelineEntry.Edge) entry).edge().heard());
    }

    static List<String> ready() {
        return ReadyScenarios.names();
    }

    @ParameterizedTest
    @MethodSource("ready")
    void readyScenarioPlaysOnOneLineAndOnThree(String name) throws ScenarioException {
        Scenario scenario = ScenarioReader.read(ReadyScenarios.text(name));
        assertThat(play(scenario, DOORS, 1)).hasSizeGreaterThan(20);
        assertThat(play(scenario, DOORS.subList(0, 1), 1)).hasSizeGreaterThan(20);
    }

    @Test
    void brokerOutageDayMarksTheOutage() throws ScenarioException {
        assertThat(movesAndMarks(ReadyScenarios.text("broker_outage_day")))
                .containsSubsequence("PT10H broker stop", "PT10H5M front_door OPEN", "PT12H broker start");
    }
}
