package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code reedgate explain} as it is seen from a shell. */
class ExplainCommandTest {

    private static final String HEAD = """
        gateway: {id: home}
        broker: {url: 'mqtts://broker.example.org'}
        """;
    private static final String SENSORS = """
        sensors:
          front_door: {line: 17}
          freezer: {line: 27, alarm: never, left_open: {after: 10m}}
        """;
    private static final String PANEL = """
        alarm:
          away: {exit_delay: 60s, entry_delay: 30s}
          siren_time: 3m
        """;

    @TempDir
    private Path folder = Path.of("");

    private final Printed out = new Printed();
    private final Printed err = new Printed();

    private int explain(String panel, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("reedgate.yaml"), HEAD + panel + SENSORS);
        List<String> arguments = new ArrayList<>(List.of("explain", "--config", file.toString()));
        arguments.addAll(List.of(more));
        return StandardStreams.of(out, err).run(arguments.toArray(String[]::new));
    }

    private List<String> told() {
        return out.toString()
                .lines()
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
    }

    @Test
    void delayedDoorWhileArmedAwayBecomesAnAlarmAfterTheEntryDelay() throws IOException {
        assertThat(explain(PANEL, "front_door", "--mode", "away", "--for", "5m"))
                .isZero();

        assertThat(told())
                .startsWith("The panel is armed_away. Front door opens and stays open.")
                .contains("+00:00.030 front_door open", "+00:00.030 panel pending", "+00:30.030 panel triggered")
                .contains("+03:30.030 panel armed_away")
                .endsWith("That is all of 5 min.");
        assertThat(told())
                .filteredOn(line -> line.startsWith("+00:30.030 phone"))
                .hasSize(1);
        assertThat(told())
                .filteredOn(line -> line.startsWith("+00:00.030 phone"))
                .isEmpty();
    }

    @Test
    void sirenAndStrobeStandAmongWhatFollowsAndTheLedDoesNot() throws IOException {
        String outputs = """
            outputs:
              horn: {type: siren, line: 24}
              lamp: {type: strobe, line: 25}
              status: {type: led, line: 6}
            """;
        assertThat(explain(PANEL + outputs, "front_door", "--mode", "away", "--for", "5m"))
                .isZero();

        assertThat(told())
                .contains("+00:30.030 horn on", "+00:30.030 lamp on", "+03:30.030 horn off")
                .noneMatch(line -> line.contains(" status ") || line.contains("lamp off"));
    }

    @Test
    void whoDisarmsInTimeHasNoAlarm() throws IOException {
        assertThat(explain(PANEL, "front_door", "--mode", "away", "--disarm-after", "20s", "--close-after", "25s"))
                .isZero();

        assertThat(told())
                .contains("+00:00.030 panel pending", "+00:20.000 panel disarmed", "+00:25.100 front_door closed")
                .noneMatch(line -> line.contains("phone") || line.contains("triggered"));
    }

    @Test
    void withoutAPanelEachSensorSpeaksForItself() throws IOException {
        assertThat(explain("", "front_door", "--close-after", "1s")).isZero();
        assertThat(told())
                .contains("+00:00.030 phone Front door opened", "+00:00.030 event opened Front door opened")
                .contains("+00:01.100 event closed Front door closed");
    }

    @Test
    void repeatsArePrintedTwiceAndCounted() throws IOException {
        assertThat(explain(PANEL, "front_door", "--mode", "away", "--for", "4h"))
                .isZero();
        assertThat(told())
                .filteredOn(line -> line.contains(" phone Alarm not acknowledged"))
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("Alarm not acknowledged: Front door"),
                        second -> assertThat(second).matches(".* Front door, and [0-9]+ more like it until \\+3:.*"));
        assertThat(told())
                .as("what comes less often")
                .contains("+00:30.030 panel triggered", "+03:30.030 panel armed_away");
    }

    @Test
    void doorLeftOpenIsToldWithItsTime() throws IOException {
        assertThat(explain("", "freezer", "--close-after", "2h", "--for", "3h")).isZero();
        assertThat(told())
                .contains("+10:00.030 phone Freezer left open for 10 min 0 s", "+2:00:00.100 freezer closed")
                .filteredOn(line -> line.contains("left_open"))
                .hasSize(2);
    }

    @Test
    void jsonHasTheMessagesAsTheyWouldBePublished() throws IOException {
        assertThat(explain("", "front_door", "--json")).isZero();
        Map<String, Object> document = JSON.std.mapFrom(out.toString());
        assertThat(document).containsEntry("panel", "disarmed").containsEntry("sensor", "front_door");
        assertThat(document.get("told"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(Map.of(
                        "after_ms", 30, "topic", "reedgate/home/front_door/state", "retain", true, "payload", "open"));
    }

    @Test
    void sameQuestionHasTheSameAnswer() throws IOException {
        explain(PANEL, "front_door", "--mode", "away", "--json");
        String first = out.toString();
        out.reset();
        explain(PANEL, "front_door", "--mode", "away", "--json");
        assertThat(out).hasToString(first);
    }

    @Test
    void wrongQuestionsAreRefusedWithWhatIsAllowed() throws IOException {
        assertThat(explain("", "back_door")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'back_door' is no sensor in", "allowed: front_door, freezer");
        assertThat(explain("", "freezer", "--mode", "away")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("need an alarm panel; add an alarm section to");
        assertThat(explain("", "freezer", "--close-after", "20m")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .contains("--close-after: '20 min' is not before the end of what is looked at, 15 min; look longer with"
                        + " --for");
        assertThat(explain(PANEL, "front_door", "--mode", "away", "--disarm-after", "1m", "--for", "1m"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--disarm-after: '1 min' is not before the end");
        assertThat(explain("", "freezer", "--for", "8d")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--for: '8 d' is out of range; allowed: 1s to 7d");
        assertThat(explain("alram: {}\n", "freezer")).isEqualTo(ExitCode.CONFIG);
    }
}
