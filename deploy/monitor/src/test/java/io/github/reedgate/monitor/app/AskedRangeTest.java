package io.github.reedgate.monitor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.app.ControlSocket;
import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.config.MonitorReader;
import io.github.reedgate.monitor.record.Batch;
import io.github.reedgate.monitor.record.Samples;
import io.github.reedgate.monitor.store.Histories;
import io.github.reedgate.monitor.store.StoredHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code verify} and {@code gaps} say of a range that a running monitor asks for. */
class AskedRangeTest {

    private static final String LINE = "reedgate-monitor: gateway home is being asked for 2 to 8";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void commandsSayWhichRangeIsBeingAskedForWhileNumbersAreMissing() throws Exception {
        Path file = folder.resolve("m.yaml");
        Files.writeString(file, "monitor:\n  id: main\nstate_dir: state\nbroker:\n  url: mqtt://localhost\n");
        MonitorConfig config = MonitorReader.read(file);
        Files.createDirectories(config.stateDir());
        try (StoredHistory history = Histories.toWrite(config)) {
            history.write(
                    new Batch(
                            List.of(Samples.recorded("home", 1, "a-1"), Samples.recorded("home", 9, "a-9")),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of()),
                    done -> List.of());
        }
        assertThat(Commands.run("gaps", "-c", file.toString()).err())
                .as("no monitor runs")
                .isEmpty();

        try (ControlSocket served = ControlSocket.open(
                config.stateDir().resolve(ControlSocket.NAME), request -> "ok {\"asking\":{\"home\":\"2 to 8\"}}")) {
            assertThat(served).isNotNull();
            for (String command : List.of("gaps", "verify")) {
                Commands.Result result = Commands.run(command, "-c", file.toString());
                assertThat(result.code()).isEqualTo(1);
                assertThat(result.err()).contains(LINE);
                assertThat(result.out()).doesNotContain("asked");
            }
        }
    }
}
