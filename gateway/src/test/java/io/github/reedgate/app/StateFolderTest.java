package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.reedgate.store.Bounds;
import io.github.reedgate.store.EventStore;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The state folder and its lock. */
class StateFolderTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void missingFolderIsMadeWithItsParents() throws Exception {
        Path path = folder.resolve("var/lib/reedgate");
        try (StateFolder state = StateFolder.lock(path)) {
            assertThat(state.path()).isEqualTo(path).isDirectory();
        }
    }

    @Test
    void secondGatewayIsRefusedAndTheFirstKeepsTheFolder() throws Exception {
        try (StateFolder first = StateFolder.lock(folder)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThatThrownBy(() -> StateFolder.lock(folder))
                        .isInstanceOf(StartException.class)
                        .hasMessage("state_dir " + folder
                                + " is in use by another gateway that is running; stop that one or"
                                + " give this one a folder of its own");
            }
            assertThat(first.path()).isEqualTo(folder);
        }
    }

    @Test
    void folderIsFreeAgainAfterAStop() throws Exception {
        StateFolder.lock(folder).close();

        try (StateFolder again = StateFolder.lock(folder)) {
            assertThat(again.path()).isEqualTo(folder);
        }
    }

    @Test
    void lockFileLeftByAGatewayThatWasKilledHindersNobody() throws Exception {
        Files.writeString(folder.resolve("lock"), "");

        StateFolder.lock(folder).close();
    }

    @Test
    void folderThatCantBeMadeDoesNotKeepTheGatewayFromStarting() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        try (StateFolder state = StateFolder.lock(file.resolve("state"))) {
            assertThat(state.path()).isEqualTo(file.resolve("state"));
        }
    }

    @Test
    void secondGatewayIsRefusedAfterTheLockWasDeleted() throws Exception {
        try (StateFolder first = StateFolder.lock(folder);
                ControlSocket control = ControlSocket.open(
                        folder.resolve("control.sock"),
                        new ControlRequests(new InputQueue(8), Duration.ofSeconds(1)))) {
            Files.delete(folder.resolve("lock"));

            assertThatThrownBy(() -> StateFolder.lock(folder)).hasMessageContaining("is in use by another gateway");
            assertThat(Leftovers.hold(folder)).isEmpty();
            assertThat(first.path()).isEqualTo(folder);
            assertThat(control).isNotNull();
        }
        StateFolder.lock(folder).close();
    }

    @Test
    void socketThatAKilledGatewayLeftHindersNobody() throws Exception {
        try (ServerSocketChannel left = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            left.bind(UnixDomainSocketAddress.of(folder.resolve("control.sock")));
        }

        StateFolder.lock(folder).close();
    }

    @Test
    @Timeout(30)
    void lockThatIsNoOrdinaryFileIsReplacedAndNothingIsFollowed() throws Exception {
        Path lock = folder.resolve("lock");
        Path foreign = folder.resolve("foreign");

        Files.createSymbolicLink(lock, foreign);
        StateFolder.lock(folder).close();
        assertThat(foreign).doesNotExist();
        assertThat(Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)).isTrue();

        Files.delete(lock);
        assertThat(new ProcessBuilder("mkfifo", lock.toString()).start().waitFor())
                .isZero();
        StateFolder.lock(folder).close();
        assertThat(Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)).isTrue();

        Files.delete(lock);
        Files.createDirectory(lock);
        StateFolder.lock(folder).close();
        assertThat(lock).isRegularFile();
    }

    @Test
    @Timeout(30)
    void stateFilesThatAreNoOrdinaryFilesHoldNothingUp() throws Exception {
        for (String name : List.of("start.properties", "panel.json", "reedgate.db")) {
            assertThat(new ProcessBuilder("mkfifo", folder.resolve(name).toString())
                            .start()
                            .waitFor())
                    .isZero();
        }

        DurableStorage storage = DurableStorage.open(folder, Bounds.DEFAULT, event -> {});
        Numbering numbering = Numbering.begin(folder, storage.found());
        storage.close();

        assertThat(numbering.facts().firstSeq()).isPositive();
        assertThat(Files.isRegularFile(folder.resolve("reedgate.db"))).isTrue();
    }

    @Test
    void rootDoesNotRunInTheFolderOfAnotherUser() throws Exception {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Files.setAttribute(folder, "unix:uid", 65534);

        assertThatThrownBy(() -> StateFolder.lock(folder))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(" belongs to ")
                .hasMessageContaining("sudo -u ");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
        assertThatThrownBy(() -> EventStore.open(folder, Bounds.DEFAULT)).hasMessageContaining("holds no store");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
