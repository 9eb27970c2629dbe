package io.github.reedgate.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is read, and what is refused before it blocks or fills the memory. */
@Timeout(30)
class OrdinaryFileTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void fileAndLinkToAFileAreRead() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "four");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        assertThat(OrdinaryFile.read(file, 4)).hasSize(4);
        assertThat(OrdinaryFile.read(link, 4)).hasSize(4);
    }

    @Test
    void pipeDeviceFolderAndWhatIsTooLongAreRefused() throws Exception {
        Path pipe = pipe(folder.resolve("pipe"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/zero"));
        Path file = Files.writeString(folder.resolve("file"), "12345");

        refused(pipe, "is a pipe, socket or device");
        refused(link, "is a pipe, socket or device");
        refused(folder, "is a folder");
        refused(file, "is longer than 4 bytes");
        refused(file.resolve("below"), "Not a directory");
        refused(file.resolve("far/below"), "Not a directory");
        assertThatThrownBy(() -> OrdinaryFile.read(folder.resolve("none"), 4)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> OrdinaryFile.readNamed(pipe, 4)).hasMessageContaining("is a pipe");
    }

    private static void refused(Path file, String reason) {
        assertThatThrownBy(() -> OrdinaryFile.read(file, 4))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(file + ": " + reason);
    }

    private static Path pipe(Path path) throws Exception {
        Process made = new ProcessBuilder("mkfifo", path.toString()).start();
        assertThat(made.waitFor(Duration.ofSeconds(20).toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();
        assertThat(made.exitValue()).isZero();
        return path;
    }
}
