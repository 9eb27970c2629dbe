package io.github.reedgate.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are written in a folder whose owner meddles; what needs another user is done by root only. */
class WholeFileTest {

    private static final byte[] CONTENT = "new\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path top = Path.of("");

    private Path folder = Path.of("");
    private Path foreign = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(top.resolve("state"));
        foreign = Files.writeString(top.resolve("shadow"), "foreign\n");
        Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rw-------"));
    }

    private UserPrincipal giveFolderToAnotherUser() throws IOException {
        assumeThat(Owner.ofThisProcess().getName()).isEqualTo("root");
        UserPrincipal another =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.getFileAttributeView(folder, PosixFileAttributeView.class).setOwner(another);
        return another;
    }

    private static void write(Path target, Runnable meanwhile) throws IOException {
        new WholeFile(meanwhile).write(target, CONTENT, WholeFile::toOwnerOfFolder);
    }

    @Test
    void fileIsWholeAndItsOwnersAloneAndNothingElseIsLeft() throws IOException {
        Path target = Files.writeString(folder.resolve("users.yaml"), "old");

        write(target, () -> {});

        assertThat(target).hasBinaryContent(CONTENT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
        assertThat(names(folder)).containsExactly("users.yaml");
    }

    @Test
    void fileOfRootBelongsToTheOwnerOfItsFolder() throws IOException {
        UserPrincipal another = giveFolderToAnotherUser();

        write(folder.resolve("users.yaml"), () -> {});

        assertThat(Files.getOwner(folder.resolve("users.yaml"))).isEqualTo(another);
    }

    @Test
    void everyNameInTheFolderMayTurnIntoALinkMeanwhile() throws IOException {
        giveFolderToAnotherUser();
        UserPrincipal before = Files.getOwner(foreign);

        assertThatThrownBy(() -> write(
                        folder.resolve("users.yaml"),
                        () -> each(folder, name -> {
                            Files.move(name, top.resolve("away"));
                            Files.createSymbolicLink(name, foreign);
                        })))
                .isInstanceOf(IOException.class);

        assertThat(Files.getOwner(foreign)).isEqualTo(before);
        assertThat(foreign).hasContent("foreign\n");
    }

    @Test
    void roomMayTurnIntoAFolderOfTheAttackerMeanwhile() throws IOException {
        UserPrincipal another = giveFolderToAnotherUser();
        Path trap = Files.createDirectory(top.resolve("trap"));
        Files.setPosixFilePermissions(trap, PosixFilePermissions.fromString("rwx------"));
        Files.getFileAttributeView(trap, PosixFileAttributeView.class).setOwner(another);
        Files.createSymbolicLink(trap.resolve("users.yaml"), foreign);

        assertThatThrownBy(() -> write(
                        folder.resolve("users.yaml"),
                        () -> each(folder, name -> {
                            Files.move(name, top.resolve("away"));
                            Files.move(trap, name);
                        })))
                .hasMessageContaining("somebody exchanges files");

        assertThat(foreign).hasContent("foreign\n");
        assertThat(folder.resolve("users.yaml")).doesNotExist();
    }

    @Test
    void linkInThePlaceOfTheFileIsReplacedAndNotFollowed() throws IOException {
        Path target = Files.createSymbolicLink(folder.resolve("users.yaml"), foreign);

        write(target, () -> {});

        assertThat(foreign).hasContent("foreign\n");
        assertThat(target).isRegularFile().hasBinaryContent(CONTENT);
        assertThat(Files.isSymbolicLink(target)).isFalse();
    }

    @Test
    void whatCanNotBeHandedOverLeavesTheFormerFile() throws IOException {
        Path target = Files.writeString(folder.resolve("users.yaml"), "old");

        assertThatThrownBy(() -> new WholeFile().write(target, CONTENT, WholeFileTest::refuse))
                .hasMessage("no");

        assertThat(target).hasContent("old");
        assertThat(names(folder)).containsExactly("users.yaml");
    }

    @Test
    void newFolderIsHandedOverToo() throws IOException {
        NewFolder.make(
                folder.resolve("a/credentials"),
                (parent, made) -> made.setPermissions(PosixFilePermissions.fromString("rwxr-x---")));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a/credentials"))))
                .isEqualTo("rwxr-x---");
        NewFolder.make(folder.resolve("a/credentials"), WholeFileTest::refuse); // it is there
    }

    private static void refuse(PosixFileAttributes parent, PosixFileAttributeView file) throws IOException {
        throw new IOException("no");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Meddles with a name. */
    private interface Meddling {
        void with(Path name) throws IOException;
    }

    private static void each(Path folder, Meddling meddling) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                meddling.with(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
