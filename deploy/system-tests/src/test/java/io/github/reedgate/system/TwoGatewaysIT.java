package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.system.Installation.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes and one state folder, from which somebody has deleted files that seemed to be left over. */
@Tag("brokerless")
final class TwoGatewaysIT {

    private static final int NO_BROKER = 1;

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "lock",
                "control.sock",
                "lock control.sock",
                "lock control.sock start.properties sim.sock panel.json",
                "lock control.sock reedgate.db-shm",
                "lock control.sock start.properties reedgate.db reedgate.db-wal reedgate.db-shm",
            })
    void secondGatewayIsRefusedWhateverWasDeleted(String deleted) throws IOException {
        try (RunningGateway first = RunningGateway.started(folder, Yaml.frontDoor(NO_BROKER))) {
            delete(first, deleted);

            Ended second = first.command("run", "--simulate");

            assertThat(second.err()).contains("is in use by another gateway");
            assertThat(second.code()).isEqualTo(1);
            assertThat(first.isAlive()).isTrue();
        }
    }

    @Test
    void purgeDoesNotTakeTheGatewayForStoppedAsItsLockIsGone() throws IOException {
        try (RunningGateway first = RunningGateway.started(folder, Yaml.frontDoor(NO_BROKER))) {
            delete(first, "lock control.sock");

            Ended purge = first.command("purge", "--yes");

            assertThat(purge.err()).contains("is running");
            assertThat(purge.code()).isEqualTo(1);
        }
    }

    @Test
    void nextGatewayStartsAfterAKill() throws IOException {
        try (RunningGateway gateway = RunningGateway.started(folder, Yaml.frontDoor(NO_BROKER))) {
            delete(gateway, "lock control.sock");
            gateway.kill();
            assertThat(gateway.start().isAlive()).isTrue();
        }
    }

    private static void delete(RunningGateway gateway, String names) throws IOException {
        for (String name : List.of(names.split(" ", -1))) {
            if (!name.isEmpty()) {
                Files.deleteIfExists(gateway.stateFolder().resolve(name));
            }
        }
    }
}
