package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code reedgate purge} where it does not get as far as the broker. */
final class PurgeCommandTest {

    /** Nothing listens there. */
    private static final int NOBODY = 1;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void runningGatewayIsNotPurged() throws Exception {
        PurgeRig rig = new PurgeRig(folder, NOBODY);
        try (FileChannel channel = FileChannel.open(rig.lock(), StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            CommandRun run = rig.purge("--yes", "--force");
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.errors()).contains("is running", "systemctl stop reedgate");
            assertThat(run.lines()).isEmpty();
        }
    }

    @Test
    void brokerThatIsNotThereIsTold() throws Exception {
        PurgeRig rig = new PurgeRig(folder, NOBODY);
        CommandRun run = rig.purge("--yes");
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.errors()).contains("localhost:" + NOBODY);
        assertThat(run.lines()).isEmpty();
        assertThat(rig.remembered()).contains("t reedgate/old/availability");
    }

    @ParameterizedTest
    @CsvSource({
        "--gateway=Old House, --gateway",
        "--gateway=+, --gateway",
        "--topic-prefix=a/#, --topic-prefix",
        "--topic-prefix=, --topic-prefix",
        "--wait=1ms, --wait",
        "--wait=1h, --wait"
    })
    void wrongValueIsToldBeforeAnythingIsDone(String option, String told) throws Exception {
        CommandRun run = new PurgeRig(folder, NOBODY).purge(option);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errors()).contains(told);
    }

    @Test
    void formerAndANamedGatewayExcludeEachOther() throws Exception {
        CommandRun run = new PurgeRig(folder, NOBODY).purge("--former", "--gateway", "old");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void wrongConfigurationIsToldAsEverywhere() {
        CommandRun run = CommandRun.start(
                new PurgeCommand(), "--config", folder.resolve("none.yaml").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.CONFIG);
        assertThat(run.errors()).contains("none.yaml");
    }
}
