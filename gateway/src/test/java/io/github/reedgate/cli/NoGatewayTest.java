package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.file.FileKind;
import io.github.reedgate.file.GatewayProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Why no gateway answers, on a machine whose {@code /proc} is a folder of the test. */
final class NoGatewayTest {

    @TempDir
    private Path folder = Path.of("");

    private Path state = Path.of("");
    private Path proc = Path.of("");

    @BeforeEach
    void furnish() throws IOException {
        proc = Files.createDirectory(folder.resolve("proc"));
        state = Files.createDirectory(folder.toRealPath().resolve("state"));
    }

    private void aGatewayRuns() throws IOException {
        Path process = Files.createDirectory(proc.resolve("42"));
        Files.writeString(process.resolve("cmdline"), "java\0io.github.reedgate.cli.Main\0run\0");
        Files.createSymbolicLink(Files.createDirectory(process.resolve("fd")).resolve("33"), state.resolve("lock"));
    }

    private String reason() {
        return new NoGateway(state, state.resolve("control.sock"), new GatewayProcesses(proc))
                .reason(new IOException("No such file or directory"));
    }

    @Test
    void nobodyRuns() {
        assertThat(reason()).isEqualTo(" (No such file or directory); is it running, and are you its user or root?");
    }

    @Test
    void gatewayWithoutASocketIsTold() throws IOException {
        aGatewayRuns();

        assertThat(reason())
                .isEqualTo(": it has not made its socket, as its log says: journalctl -u reedgate; a gateway runs"
                        + " (process 42): it tries again every 15 s");
    }

    @Test
    void folderThatItsOwnerMayNotWriteIsTold() throws IOException {
        aGatewayRuns();
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("r-x------"));

        assertThat(reason()).contains("may not be written by its owner; run: sudo chmod u+rwx " + state);

        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void gatewayThatDoesNotAnswerAtItsSocketIsTold() throws Exception {
        aGatewayRuns();
        FileKind.SOCKET.put(state.resolve("control.sock"));

        assertThat(reason()).contains("a gateway runs (process 42): are you its user or root?");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOCKET")
    void whatIsNoSocketIsTold(FileKind kind) throws Exception {
        kind.put(state.resolve("control.sock"));

        assertThat(reason()).isEqualTo(": what is there is no socket; move it away, and the gateway makes its socket");
        aGatewayRuns();
        assertThat(reason()).endsWith("; a gateway runs (process 42): it tries again every 15 s");
    }

    @Test
    void pathThatIsTooLongIsTold() throws IOException {
        state = Files.createDirectories(state.resolve("n".repeat(100)));

        assertThat(reason())
                .startsWith(": state_dir " + state + " has a path of ")
                .contains("shorter path");
    }
}
