package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.store.LogSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code reedgate log} as it is seen from a shell. It is 22:10 in Berlin; the events are from 22:01 to 22:05. */
final class LogCommandTest {

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void keepAStore() throws Exception {
        LogSamples.keepUsual(folder);
    }

    private LogRun log(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--state-dir", folder.toString()));
        all.addAll(Arrays.asList(arguments));
        return LogRun.of(all.toArray(String[]::new));
    }

    private List<Long> seqs(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--format", "csv"));
        all.addAll(Arrays.asList(arguments));
        LogRun run = log(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OK);
        return run.out()
                .lines()
                .skip(1)
                .map(line -> Long.valueOf(line.split(",", -1)[2]))
                .toList();
    }

    private void assertWrong(String message, String... arguments) {
        LogRun run = log(arguments);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void tableOfTheNewestEventsIsPrinted() {
        LogRun run = log();
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                time                 seq    type          sensor      message
                2026-11-22 22:01:00    1    started       -           Gateway started
                2026-11-22 22:02:00    2 !  opened        front_door  front_door opened
                2026-11-22 22:03:00    3    closed        front_door  front_door closed
                2026-11-22 22:04:00    4    opened        back_door   back_door opened
                2026-11-22 22:05:00    5    sensor_fault  back_door   back_door sensor_fault
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--since 22:02                                | 2 3 4 5",
                "--since 8m                                   | 2 3 4 5",
                "--since 2026-11-22T21:02:00Z --until 22:04   | 2 3",
                "--until 22:03                                | 1 2",
                "--since today                                | 1 2 3 4 5",
                "--since 2026-11-23                           | ",
                "--sensor back_door                           | 4 5",
                "--sensor back_door --sensor front_door       | 2 3 4 5",
                "-s back_door,front_door --alarms             | 2",
                "--type opened                                | 2 4",
                "--type opened --type closed --since 22:03    | 3 4",
                "-t started,sensor_fault                      | 1 5",
                "--alarms                                     | 2",
                "--last 2                                     | 4 5",
                "-n 1 --type opened                           | 4",
                "-n 1 --until 22:04                           | 3",
                "-n 3 --since 22:02                           | 3 4 5",
                "-n 1000000                                   | 1 2 3 4 5",
            })
    void optionsNarrowWhatIsPrinted(String options, String expected) {
        String wanted = expected == null ? "" : expected;
        List<Long> numbers = wanted.isEmpty()
                ? List.of()
                : Arrays.stream(wanted.split(" ")).map(Long::valueOf).toList();
        assertThat(seqs(options.split(" "))).isEqualTo(numbers);
    }

    @Test
    void newestFiftyArePrintedUnlessASinceAsksForAll() throws Exception {
        List<Event> many = new ArrayList<>();
        for (long seq = 6; seq <= 1_300; seq++) {
            many.add(LogSamples.event(seq, EventType.TEST, null));
        }
        LogSamples.keep(folder, many, List.of());
        assertThat(seqs()).hasSize(50).startsWith(1_251L).endsWith(1_300L);
        assertThat(seqs("--since", "1d")).hasSize(1_300).isSorted();
        assertThat(seqs("--since", "1d", "--last", "7")).hasSize(7);
        assertThat(seqs("--last", "1200")).hasSize(1_200).endsWith(1_300L);
    }

    @Test
    void jsonIsALineForEachEvent() {
        LogRun run = log("--json", "--type", "opened");
        assertThat(run.out().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("{\"event_type\":\"opened\",") && line.endsWith("}"));
        assertThat(log("--format", "jsonl", "--type", "opened").out()).isEqualTo(run.out());
        assertThat(log("--format", "JSONL", "--json", "--type", "opened").out()).isEqualTo(run.out());
    }

    @Test
    void formatWordsAreTakenInAnyCase() {
        assertThat(log("--format", "Csv").out())
                .startsWith("time,clock_synced,seq,")
                .contains("\r\n");
        assertThat(log("--format", "TABLE").out()).isEqualTo(log().out());
    }

    @Test
    void unsetClockIsMarkedAndExplainedOnce() throws Exception {
        LogSamples.keep(
                folder,
                List.of(
                        LogSamples.event(
                                LogSamples.stamp(6, Instant.ofEpochSecond(5), false), EventType.TEST, null, "a"),
                        LogSamples.event(
                                LogSamples.stamp(7, Instant.ofEpochSecond(6), false), EventType.TEST, null, "b")),
                List.of());
        LogRun run = log("-n", "2");
        assertThat(run.out()).contains("1970-01-01 01:00:05*", "1970-01-01 01:00:06*");
        assertThat(run.err())
                .isEqualTo(
                        "log: * the clock was not set when this happened: the time may be wrong, the order is not\n");
        assertThat(log("-n", "2", "--json").err()).isEmpty();
    }

    @Test
    void nothingThatFitsIsSaidNotAnError() throws Exception {
        LogRun run = log("--since", "2026-12-24");
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("log: no event fits\n");
        assertThat(log("--sensor", "fron_door").err())
                .isEqualTo("log: the log has no event of sensor 'fron_door', only of: back_door, front_door;"
                        + " did you mean 'front_door'?\n");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        LogSamples.keep(empty, List.of(), List.of());
        assertThat(LogRun.of("--state-dir", empty.toString()).err()).isEqualTo("log: the log is empty\n");
    }

    @Test
    void wrongOptionsAreRefusedWithWhatIsAllowed() {
        assertWrong("--since '8 o'clock' is no moment; write it as one of: 2h,", "--since", "8 o'clock");
        assertWrong("--until 'soon' is no moment", "--until", "soon");
        assertWrong(
                "--since 2026-11-22T21:04:00Z is not before --until 2026-11-22T21:04:00Z",
                "--since",
                "22:04",
                "--until",
                "22:04");
        assertWrong(
                "--type 'opend' is no type of event; did you mean 'opened'? known are: opened, closed,", "-t", "opend");
        assertWrong("--type 'x\\e' is no type of event; known are: opened,", "-t", "x\u001B");
        assertWrong("--last is 0; 1 to 1000000 is allowed, and 0 with --follow", "--last", "0");
        assertWrong("--last is -1;", "--last=-1");
        assertWrong("--last is 1000001;", "--last", "1000001");
        assertWrong("--json and --format csv exclude each other", "--json", "--format", "csv");
        assertWrong("--follow and --until exclude each other", "--follow", "--until", "22:00");
        assertWrong("'xml'", "--format", "xml");
        assertWrong("Unmatched argument", "front_door");
    }

    @Test
    void storeThatCanNotBeReadIsAFailureWithItsFix() {
        Path nowhere = folder.resolve("nowhere");
        LogRun run = LogRun.of("--state-dir", nowhere.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .startsWith("reedgate: " + nowhere.resolve("reedgate.db")
                        + " does not exist: the gateway keeps its events");
    }

    @Test
    void stateFolderIsTakenFromTheConfiguration() throws IOException {
        Path config = folder.resolve("reedgate.yaml");
        Files.writeString(config, """
                gateway: {id: home}
                state_dir: .
                broker: {url: 'mqtts://broker.example.org'}
                sensors: {front_door: {line: 17}}
                """);
        assertThat(LogRun.of("-c", config.toString()).out().lines()).hasSize(6);
        Files.writeString(config, "gateway: {}\n");
        LogRun wrong = LogRun.of("--config", config.toString());
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.CONFIG);
        assertThat(wrong.err()).contains("gateway.id: is missing");
    }

    @Test
    void damagedEventIsNamedAndTheOthersPrinted() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("reedgate.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE event SET message = 'x' WHERE seq = 3");
        }
        LogRun run = log("--json");
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(run.out().lines()).hasSize(4);
        assertThat(run.err()).isEqualTo("log: event 3 is damaged on disk and left out\n");
    }
}
