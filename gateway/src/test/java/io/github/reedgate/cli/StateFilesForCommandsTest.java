package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.file.FileKind;
import io.github.reedgate.store.LogSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file that commands open, with something else in its place: they say so, and end. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StateFilesForCommandsTest {

    private static final List<String> FILES = List.of(
            "reedgate.db",
            "reedgate.db-wal",
            "reedgate.db-shm",
            "reedgate.db-journal",
            "panel.json",
            "start.properties",
            "users.yaml",
            "lock",
            "control.sock",
            "sim.sock");

    private static final List<String> CALLS = List.of(
            "log --state-dir DIR",
            "outbox --state-dir DIR",
            "status --state-dir DIR",
            "disarm --state-dir DIR",
            "test-alarm --state-dir DIR",
            "walktest --state-dir DIR",
            "sim status --state-dir DIR",
            "explain door -c CONFIG",
            "check -c CONFIG",
            "user list -c CONFIG",
            "purge -c CONFIG --yes --wait 100ms",
            "doctor -c CONFIG --only config,disk,store,users --json");

    @TempDir
    private Path folder = Path.of("");

    private Path state = Path.of("");

    @BeforeEach
    void furnish() throws Exception {
        state = Files.createDirectory(folder.resolve("state"));
        LogSamples.layEmpty(state);
        Files.writeString(
                folder.resolve("config.yaml"),
                "gateway: {id: home}\nstate_dir: " + state
                        + "\nbroker: {url: 'mqtt://localhost:1'}\nsensors: {door: {line: 17}}\nalarm: {}\n");
    }

    static Stream<Arguments> replaced() {
        return FILES.stream().flatMap(file -> Arrays.stream(FileKind.values()).map(kind -> Arguments.of(file, kind)));
    }

    private Printed call(String call, Integer... codes) {
        Printed out = new Printed();
        Printed err = new Printed();
        String[] words = Stream.of(call.split(" ", -1))
                .map(word -> word.replace(
                                "CONFIG", folder.resolve("config.yaml").toString())
                        .replace("DIR", state.toString()))
                .toArray(String[]::new);
        int code = StandardStreams.of(out, err).run(words);
        assertThat(List.of(codes)).as("%s ended with %s: %s", call, code, err).contains(code);
        assertThat(out.toString() + err).as(call).doesNotContain("Exception:", "\tat ");
        return err;
    }

    @ParameterizedTest
    @MethodSource("replaced")
    void commandsEnd(String file, FileKind kind) throws Exception {
        kind.replace(state.resolve(file));

        for (String call : CALLS) {
            call(call, 0, 1, 4);
        }
        assertThat(state.resolve("elsewhere"))
                .as("nothing is made where a link leads")
                .doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void storeThatIsNoneIsTold(FileKind kind) throws Exception {
        for (String file : List.of("reedgate.db", "reedgate.db-wal", "reedgate.db-shm", "reedgate.db-journal")) {
            kind.replace(state.resolve(file));
            assertThat(call("log --state-dir DIR", ExitCode.FAILED).toString())
                    .contains(state.resolve(file).toString(), " is ");
            assertThat(call("outbox --state-dir DIR", ExitCode.FAILED).toString())
                    .contains(state.resolve(file).toString(), " is ");
            remove(state.resolve(file));
            LogSamples.layEmpty(state);
        }
    }

    private static void remove(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            Files.deleteIfExists(file.resolve("inside"));
        }
        Files.deleteIfExists(file);
    }
}
