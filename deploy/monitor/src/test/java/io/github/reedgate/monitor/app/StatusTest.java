package io.github.reedgate.monitor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.app.ControlSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command {@code status} says of a monitor that is not as it should be. */
class StatusTest {

    private static final String WELL =
            "{\"connected\":true,\"connected_since\":\"2026-11-22T21:00:00Z\",\"storing\":true,"
                    + "\"recorder_trouble\":null,\"supervising\":true,\"supervision_trouble\":null,"
                    + "\"supervision\":{\"supervised\":2,\"unsupervised\":0}}";

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void configure() throws IOException {
        file = folder.resolve("m.yaml");
        Files.writeString(file, "monitor:\n  id: main\nstate_dir: state\nbroker:\n  url: mqtt://127.0.0.1:1\n");
        Files.createDirectories(folder.resolve("state"));
    }

    private Commands.Result status(String answer) throws IOException {
        try (ControlSocket socket =
                ControlSocket.open(folder.resolve("state").resolve(ControlSocket.NAME), request -> "ok " + answer)) {
            assertThat(socket).isNotNull();
            return Commands.run("status", "-c", file.toString());
        }
    }

    @Test
    void aMonitorThatIsWellSaysSo() throws IOException {
        Commands.Result result = status(WELL);
        assertThat(result.out()).contains("silence   supervised").contains("          supervised 2");
        assertThat(result.code()).isZero();
    }

    @Test
    void aSupervisionThatDoesNotWorkIsALineAndAnExitCode() throws IOException {
        Commands.Result result = status(WELL.replace("\"supervising\":true", "\"supervising\":false")
                .replace("\"supervision_trouble\":null", "\"supervision_trouble\":\"its thread has ended\""));
        assertThat(result.out()).contains("silence   not supervised: its thread has ended");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void aRecorderThatDoesNotWorkIsALineAndAnExitCodeThoughItsLastWordWasGood() throws IOException {
        Commands.Result result =
                status(WELL.replace("\"recorder_trouble\":null", "\"recorder_trouble\":\"its thread has ended\""));
        assertThat(result.out()).contains("recorder  does not work: its thread has ended");
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void aMonitorOfAnotherVersionThatSaysNothingOfItIsNotCalledWell() throws IOException {
        assertThat(status("{\"connected\":true,\"storing\":true}").code()).isEqualTo(1);
    }
}
