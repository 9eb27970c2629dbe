package io.github.reedgate.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a folder's owner can't use, as root leaves them. */
class UnusableFilesTest {

    private static final int NOBODY = 65534;

    @TempDir
    private Path folder = Path.of("");

    private Path file(String name, String mode, int uid) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        Files.setAttribute(file, "unix:uid", uid);
        return file;
    }

    @Test
    void filesOfRootInTheFolderOfAnotherUserAreFound() throws IOException {
        assumeThat(Owner.ofThisProcess().getName()).isEqualTo("root");
        Files.setAttribute(folder, "unix:uid", NOBODY);
        Path store = file("reedgate.db", "rw-r--r--", 0);
        Path panel = file("panel.json", "rw-------", 0);
        Path sealed = file("start.properties", "---------", NOBODY);
        Path copy = file("reedgate.db.copy", "rw-------", 0);
        file("reedgate.db.bak", "rw-r--r--", 0);
        file("users.yaml", "rw-------", NOBODY);
        Files.createSymbolicLink(folder.resolve("link"), Path.of("/etc/shadow"));

        assertThat(UnusableFiles.in(folder)).containsExactly(panel, store, copy, sealed);
        assertThat(UnusableFiles.fix(folder)).contains("sudo chown -R " + Owner.name(folder) + ": " + folder);
    }

    /** SQLite opens each of them for writing, also if it only reads. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "reedgate.db",
                "reedgate.db-wal",
                "reedgate.db-shm",
                "reedgate.db-journal",
                "panel.json",
                "start.properties",
                "users.yaml",
                "lock"
            })
    void eachOfTheGatewaysFilesIsFoundByItself(String name) throws IOException {
        assumeThat(Owner.ofThisProcess().getName()).isEqualTo("root");
        Files.setAttribute(folder, "unix:uid", NOBODY);
        for (String mode : List.of("rw-------", "r--r--r--", "rw-r--r--", "-w--w--w-")) {
            Path alone = file(name, mode, 0);
            assertThat(UnusableFiles.in(folder)).as(mode).containsExactly(alone);
        }
        Path own = file(name, "r--------", NOBODY);
        assertThat(UnusableFiles.in(folder)).containsExactly(own);
        file(name, "rw-------", NOBODY);
        assertThat(UnusableFiles.in(folder)).isEmpty();
    }

    @Test
    void ownFolderHasNone() throws IOException {
        Files.writeString(folder.resolve("lock"), "");

        assertThat(UnusableFiles.in(folder)).isEmpty();
        assertThat(UnusableFiles.in(folder.resolve("none"))).isEmpty();
    }
}
