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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @Test
    void pipeThatTakesTheFilesPlaceIsNotWaitedFor() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "four");

        assertThatThrownBy(() -> OrdinaryFile.head(file, 4, Duration.ofMillis(50), () -> become(FileKind.PIPE, file)))
                .isInstanceOf(NotOrdinaryException.class)
                .hasMessageStartingWith(file + ": could not be read within 0 s: it has become a pipe");
    }

    @Test
    void deviceThatTakesTheFilesPlaceIsReadNoFurtherThanAllowed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "four");

        assertThat(OrdinaryFile.head(
                        file, 7, Duration.ofSeconds(30), () -> become(FileKind.LINK_TO_ENDLESS_DEVICE, file)))
                .hasSize(7);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoFileIsNeverTakenForOneOrForNothing(FileKind kind) throws Exception {
        Path place = folder.resolve("place");
        assertThat(OrdinaryFile.requireIfThere(place)).isFalse();

        kind.put(place);

        assertThatThrownBy(() -> OrdinaryFile.requireIfThere(place))
                .isInstanceOf(NotOrdinaryException.class)
                .hasMessageMatching(".*/place: is a (folder|pipe, socket or device|link to nothing)");
    }

    @Test
    void failureOfTheDiskIsTold() {
        Path file = folder.resolve("file");
        assertThatThrownBy(() -> TimedReading.of(file, Duration.ofSeconds(30), () -> {
                    throw new IOException("Input/output error");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("Input/output error");
        assertThatThrownBy(() -> TimedReading.of(file, Duration.ofSeconds(30), () -> {
                    throw new IllegalStateException("oops");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("can't be read");
    }

    private static void become(FileKind kind, Path file) {
        try {
            kind.replace(file);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void refused(Path file, String reason) {
        assertThatThrownBy(() -> OrdinaryFile.read(file, 4))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(file + ": " + reason);
    }

    private static Path pipe(Path path) throws Exception {
        FileKind.PIPE.put(path);
        return path;
    }
}
