package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.Documents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After what ends systemd starts the service again: the unit, the start script and the documents, held against each other. */
final class RestartTest {

    /** What a JVM ends with that is told to exit when its memory is exhausted. */
    private static final int EXIT_OF_THE_JVM_WITHOUT_MEMORY = 3;

    @Test
    void onlyAWrongConfigurationOrCommandLineStaysDown() throws IOException {
        List<String> unit = Files.readAllLines(Documents.TOP.resolve("systemd/reedgate.service"));

        assertThat(unit).contains("Restart=always", "StartLimitIntervalSec=0");
        assertThat(unit.stream().filter(line -> line.startsWith("RestartForceExitStatus")))
                .isEmpty();
        assertThat(staysDown(unit)).containsExactlyInAnyOrder(ExitCode.USAGE, ExitCode.CONFIG);
    }

    /** The disk that fails today may work after a restart; {@code /proc/self/mem} is a file of which no byte can be read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "check",
                "doctor --only config",
                "doctor --only config --json",
                "status",
                "log",
                "outbox",
                "arm away",
                "disarm",
                "ack",
                "test-alarm",
                "walktest",
                "purge",
                "watch",
                "publish a b",
                "user list",
                "explain door",
                "sim status"
            })
    void failureOfTheDiskIsNoWrongConfiguration(String words) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        List<String> call = new ArrayList<>(List.of(words.split(" ", -1)));
        call.addAll(List.of("-c", "/proc/self/mem"));
        int code = StandardStreams.of(printed, printed).run(call.toArray(new String[0]));
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("cannot be read: Input/output error");
        assertThat(code).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void virtualMachineNeverEndsWithACodeThatStaysDown() throws IOException {
        String script = Files.readString(Documents.TOP.resolve("deploy/dist/src/dist/bin/reedgate"));
        String options = script.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));

        assertThat(staysDown(Files.readAllLines(Documents.TOP.resolve("systemd/reedgate.service"))))
                .contains(EXIT_OF_THE_JVM_WITHOUT_MEMORY);
        assertThat(options).contains("-XX:+CrashOnOutOfMemoryError").doesNotContain("ExitOnOutOfMemoryError");
        // it would end with 1 and without the reason
        assertThat(options).doesNotContain("SuppressFatalErrorMessage");
    }

    @Test
    void documentNamesTheCodesAfterWhichItStaysDown() throws IOException {
        String row = Files.readAllLines(Documents.TOP.resolve("docs/service.md")).stream()
                .filter(line -> line.startsWith("| the configuration is wrong"))
                .findFirst()
                .orElse("");

        assertThat(row).contains("exit code " + ExitCode.CONFIG).contains("command line (" + ExitCode.USAGE + ")");
    }

    private static Set<Integer> staysDown(List<String> unit) {
        return unit.stream()
                .filter(line -> line.startsWith("RestartPreventExitStatus="))
                .flatMap(line -> Arrays.stream(
                        line.substring(line.indexOf('=') + 1).strip().split("\\s+", -1)))
                .map(Integer::valueOf)
                .collect(Collectors.toSet());
    }
}
