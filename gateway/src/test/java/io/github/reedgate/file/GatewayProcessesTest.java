package io.github.reedgate.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who has a state folder open, on a machine whose {@code /proc} is a folder of the test. */
final class GatewayProcessesTest {

    private static final String RUN = "java\0-Xmx96m\0io.github.reedgate.cli.Main\0run\0-c\0r.yaml\0";

    @TempDir
    private Path folder = Path.of("");

    private Path proc = Path.of("");
    private Path state = Path.of("");

    @BeforeEach
    void furnish() throws IOException {
        proc = Files.createDirectory(folder.resolve("proc"));
        state = Files.createDirectory(folder.toRealPath().resolve("state"));
        Files.createFile(state.resolve("reedgate.db-shm"));
    }

    private void process(long number, String commandLine) throws IOException {
        Path process = Files.createDirectory(proc.resolve(String.valueOf(number)));
        Files.writeString(process.resolve("cmdline"), commandLine);
        Files.createDirectory(process.resolve("fd"));
    }

    private void opens(long number, String target) throws IOException {
        Files.createSymbolicLink(proc.resolve(number + "/fd/33"), Path.of(target));
    }

    private void locksStore(long number) throws IOException {
        Object inode = Files.getAttribute(state.resolve("reedgate.db-shm"), "unix:ino");
        Files.writeString(
                proc.resolve("locks"),
                "1: FLOCK  ADVISORY  WRITE 2 fe:00:1 0 EOF\n2: POSIX  ADVISORY  READ " + number + " fe:00:" + inode
                        + " 128 128\n");
    }

    private GatewayProcesses processes() {
        return new GatewayProcesses(proc);
    }

    @Test
    void gatewayThatHasTheStoreOpenIsFoundThoughNothingElseOfItMayBeSeen() throws IOException {
        process(42, RUN);
        locksStore(42);
        assertThat(processes().using(state)).hasValue("42");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock (deleted)", "reedgate.db (deleted)", "reedgate.db-wal", "lock"})
    void gatewayIsFoundByWhatItHoldsOpenThoughThatWasDeleted(String name) throws IOException {
        process(42, RUN);
        opens(42, state.resolve(name).toString());
        assertThat(processes().using(state)).hasValue("42");
    }

    /** Someone reads the log, or makes a copy of the folder. */
    @ParameterizedTest
    @ValueSource(strings = {"java\0io.github.reedgate.cli.Main\0log\0--follow\0", "tar\0-c\0/var/lib/reedgate\0", ""})
    void whoOnlyReadsHindersNoStart(String commandLine) throws IOException {
        process(42, commandLine);
        locksStore(42);
        opens(42, state.resolve("reedgate.db").toString());
        assertThat(processes().using(state)).isEmpty();
    }

    @Test
    void gatewayOfAnotherFolderHindersNoStart() throws IOException {
        process(42, RUN);
        opens(42, state.resolve("garage/lock").toString());
        process(43, RUN);
        opens(43, state.resolve("gateway.log").toString());
        process(44, RUN);
        opens(44, state + "2/lock");
        assertThat(processes().using(state)).isEmpty();
    }

    @Test
    void ownProcessIsNoOther() throws IOException {
        long self = ProcessHandle.current().pid();
        process(self, RUN);
        locksStore(self);
        opens(self, state.resolve("lock").toString());
        assertThat(processes().using(state)).isEmpty();
    }

    @Test
    void whereTheKernelSaysNothingNobodyIsFound() {
        for (Path nothing : List.of(folder.resolve("none"), proc)) {
            assertThat(new GatewayProcesses(nothing).using(state)).isEmpty();
        }
        assertThat(processes().using(folder.resolve("missing"))).isEmpty();
    }
}
