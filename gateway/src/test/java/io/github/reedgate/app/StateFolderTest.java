package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
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
}
