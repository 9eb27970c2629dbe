package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.system.Installation.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as typed: help, version, exit codes. */
@Tag("brokerless")
final class CommandIT {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void helpNamesTheCommandsAndExitCodes() {
        Ended ended = Installation.reedgate("--help");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("run", "check", "watch", "publish", "test-alarm", "sim");
        assertThat(ended.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "check", "watch", "publish", "test-alarm", "sim"})
    void eachCommandHasHelp(String command) {
        Ended ended = Installation.reedgate(command, "--help");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).contains("Usage:").contains(command);
    }

    @Test
    void anUnknownCommandIsAUsageError() {
        Ended ended = Installation.reedgate("chekc");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("chekc").contains("check");
    }

    @Test
    void checkAcceptsTheExample() {
        Ended ended = Installation.reedgate("check", "-c", Installation.HOME + "/reedgate.example.yaml");

        assertThat(ended.code()).as(ended.err()).isZero();
    }

    @Test
    void checkTellsAllMistakesWithTheirPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), """
            gateway:
              id: Home!
            broker:
              url: mqtt://localhost
            sensors:
              front_door:
                lime: 17
            """);

        Ended ended = Installation.reedgate("check", "-c", file.toString());

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("bad.yaml:2:").contains("bad.yaml:7:").contains("line");
    }

    @Test
    void runWithABrokenConfigurationDoesNotStart() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "gateway: {}\n");

        Ended ended = Installation.reedgate("run", "--simulate", "-c", file.toString());

        assertThat(ended.code()).isEqualTo(3);
    }

    @Test
    void aMissingConfigurationIsToldWithItsName() {
        Ended ended =
                Installation.reedgate("check", "-c", folder.resolve("none.yaml").toString());

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("none.yaml");
    }

    @Test
    void testAlarmWithoutAGatewayCannotReachIt() {
        Ended ended = Installation.reedgate("test-alarm", "--state-dir", folder.toString());

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.err()).contains("no gateway answers");
    }
}
