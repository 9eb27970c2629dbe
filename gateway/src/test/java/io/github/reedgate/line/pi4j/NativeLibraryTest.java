package io.github.reedgate.line.pi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.line.LineException;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where Pi4J's native library is unpacked, and what is left of it. */
class NativeLibraryTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path state;

    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    private final FakeJvm jvm = new FakeJvm();
    private final NativeLibrary library = new NativeLibrary(jvm);

    @BeforeEach
    void makeFolders() throws IOException {
        state = Files.createDirectory(folder.resolve("state"));
        temporary = Files.createDirectory(folder.resolve("tmp"));
    }

    @AfterEach
    void forgetFolder() {
        System.clearProperty(NativeLibrary.FOLDER_PROPERTY);
    }

    @Test
    void bothFilesAreLoadedInOrderFromTheFirstFolderAndNothingStaysBehind() throws Exception {
        library.load("aarch64", List.of(state, temporary));

        assertThat(jvm.loaded)
                .containsExactly(
                        "/lib/aarch64/pi4j-gpiod/libgpiod.so in state",
                        "/lib/aarch64/pi4j-gpiod/libpi4j-gpiod.so in state");
        assertThat(jvm.seenByPi4j).containsExactly("libgpiod.so", "libpi4j-gpiod.so");
        assertThat(state).isEmptyDirectory();
        assertThat(temporary).isEmptyDirectory();
        assertThat(System.getProperty(NativeLibrary.FOLDER_PROPERTY)).isNull();
    }

    @Test
    void folderMountedNoexecOrMissingIsPassedOver() throws Exception {
        jvm.refused = "state";
        library.load("arm", List.of(folder.resolve("missing"), state, temporary));

        assertThat(jvm.loaded)
                .containsExactly(
                        "/lib/armhf/pi4j-gpiod/libgpiod.so in tmp", "/lib/armhf/pi4j-gpiod/libpi4j-gpiod.so in tmp");
        assertThat(state).isEmptyDirectory();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void eachFolderThatWillNotDoIsToldWithItsReason() {
        jvm.refused = "tmp";

        assertThatThrownBy(() -> library.load("aarch64", List.of(folder.resolve("missing"), temporary)))
                .isInstanceOf(LineException.class)
                .hasMessageStartingWith("Pi4J's library could not be loaded, in " + folder.resolve("missing")
                        + ": NoSuchFileException: " + folder.resolve("missing"))
                .hasMessageEndingWith(
                        "; in " + temporary + ": failed to map segment from shared object; name a folder that is"
                                + " not mounted noexec and that this user may write: -Djava.io.tmpdir=FOLDER in REEDGATE_JAVA_OPTS");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void systemThatIsTooOldIsToldSo() {
        jvm.refused = "tmp";
        jvm.refusal = "/lib/aarch64-linux-gnu/libc.so.6: version `GLIBC_2.33' not found";

        assertThatThrownBy(() -> library.load("aarch64", List.of(temporary)))
                .isInstanceOf(LineException.class)
                .hasMessageEndingWith("the system is too old: it takes Debian 12 or Raspberry Pi OS 12, or newer");
    }

    @Test
    void otherProcessorIsTold() {
        assertThatThrownBy(() -> library.load("amd64", List.of(state)))
                .isInstanceOf(LineException.class)
                .hasMessage("Pi4J's library is there for arm64 and armhf, but this JVM is for amd64; to try the gateway"
                        + " without a Raspberry Pi: reedgate run --simulate");
    }

    @Test
    void folderThatSomebodyNamedIsLeftToPi4j() throws Exception {
        System.setProperty(NativeLibrary.FOLDER_PROPERTY, "/opt/gpiod");
        library.load("aarch64", List.of(state));

        assertThat(jvm.loaded).isEmpty();
        assertThat(System.getProperty(NativeLibrary.FOLDER_PROPERTY)).isEqualTo("/opt/gpiod");
    }

    @Test
    void libraryIsPackedForBothProcessors() throws Exception {
        for (String architecture : List.of("aarch64", "armhf")) {
            for (String file : NativeLibrary.FILES) {
                try (InputStream in =
                        new NativeLibrary.ThisJvm().packed("/lib/" + architecture + "/pi4j-gpiod/" + file)) {
                    assertThat(in.readNBytes(4)).startsWith(0x7f, 'E', 'L', 'F');
                }
            }
        }
        assertThatThrownBy(() -> new NativeLibrary.ThisJvm().packed("/lib/none.so"))
                .isInstanceOf(FileNotFoundException.class);
    }

    /** A JVM that remembers what it loaded and refuses one folder. */
    private static final class FakeJvm implements NativeLibrary.Loading {

        private final List<String> loaded = new ArrayList<>();
        private final List<String> seenByPi4j = new ArrayList<>();
        private String refused = "none";
        private String refusal = "failed to map segment from shared object";

        @Override
        public InputStream packed(String path) {
            return new ByteArrayInputStream(path.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void load(Path file) {
            Path parent = Objects.requireNonNull(file.getParent()).getParent();
            String where = String.valueOf(Objects.requireNonNull(parent).getFileName());
            if (where.equals(refused)) {
                throw new UnsatisfiedLinkError(file + ": " + refusal);
            }
            try {
                loaded.add(Files.readString(file) + " in " + where);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void loaded() {
            Path folder = Path.of(System.getProperty(NativeLibrary.FOLDER_PROPERTY));
            NativeLibrary.FILES.stream()
                    .filter(file -> Files.exists(folder.resolve(file)))
                    .forEach(seenByPi4j::add);
        }
    }
}
