package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.reedgate.file.UnusableFiles;
import io.github.reedgate.store.EventStore;
import io.github.reedgate.store.LogSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** Each command, called by root for a gateway that another user runs, leaves nothing that this user can't use. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RootInTheStateFolderTest {

    private static final int NOBODY = 65534;

    /** A call of each command that may touch the state folder, and of some that should not. */
    private static final List<String> CALLS = List.of(
            "run -c CONFIG --simulate",
            "init -c FOLDER/other.yaml --gateway-id home --broker mqtt://localhost --user= --sensor door=pin11",
            "check -c CONFIG",
            "pins --line pin11 --once",
            "watch -c FOLDER/none.yaml",
            "publish -c CONFIG a b --login-beside",
            "test-alarm -c CONFIG",
            "log -c CONFIG",
            "log --state-dir DIR --json",
            "outbox -c CONFIG",
            "purge -c CONFIG --dry-run",
            "purge -c CONFIG --yes",
            "status -c CONFIG",
            "walktest -c CONFIG",
            "arm away -c CONFIG",
            "disarm -c CONFIG",
            "ack -c CONFIG",
            "user list -c CONFIG",
            "user add anna --code-from CODE -c CONFIG",
            "user key anna -c CONFIG",
            "user passwd anna --code-from CODE -c CONFIG",
            "user remove anna -c CONFIG",
            "sign DISARM --user anna --key-from CODE --gateway home",
            "explain door -c CONFIG",
            "doctor -c CONFIG --only config,disk,store,users,java,lines",
            "sim status -c CONFIG",
            "sim open door -c CONFIG",
            "sim play burglary -c CONFIG",
            "sim scenarios",
            "setup -c CONFIG --sensor window=pin13 --simulate --no-start",
            "help run");

    @TempDir
    private Path folder = Path.of("");

    private Path state = Path.of("");

    /** How the gateway has left its folder. */
    enum Left {
        /** Nothing is in it. */
        EMPTY,
        /** It stopped in order. */
        STOPPED,
        /** It was cut off, so that more lies beside the store. */
        CUT_OFF,
        /** What beside the store can be made anew is missing. */
        WITHOUT_INDEX,
        /** The disk has spoilt the store. */
        DAMAGED
    }

    @BeforeEach
    void furnish() throws IOException {
        assumeTrue(System.getProperty("user.name", "").equals("root"), "only root can be somebody else's guest");
        state = Files.createDirectory(folder.resolve("state"));
        Files.writeString(folder.resolve("code"), "24682468\n");
        Files.writeString(
                folder.resolve("config.yaml"),
                "gateway: {id: home}\nstate_dir: " + state
                        + "\nbroker: {url: 'mqtt://localhost:1'}\nsensors: {door: {line: 17}}\nalarm: {}\n");
    }

    private void leave(Left how) throws Exception {
        if (how != Left.EMPTY) {
            try (EventStore store = LogSamples.open(state)) {
                store.putNote("a", "b");
                if (how == Left.CUT_OFF || how == Left.WITHOUT_INDEX) {
                    Files.copy(state.resolve("reedgate.db-wal"), folder.resolve("wal"));
                    Files.copy(state.resolve("reedgate.db-shm"), folder.resolve("shm"));
                }
            }
            Files.writeString(state.resolve("lock"), "");
            Files.writeString(state.resolve("start.properties"), "boot=1");
        }
        if (how == Left.CUT_OFF || how == Left.WITHOUT_INDEX) {
            Files.move(folder.resolve("wal"), state.resolve("reedgate.db-wal"));
        }
        if (how == Left.CUT_OFF) {
            Files.move(folder.resolve("shm"), state.resolve("reedgate.db-shm"));
        }
        if (how == Left.DAMAGED) {
            Files.writeString(state.resolve("reedgate.db"), "nonsense");
        }
        for (Path file : files()) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Files.setAttribute(file, "unix:uid", NOBODY);
            Files.setAttribute(file, "unix:gid", NOBODY);
        }
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
        Files.setAttribute(state, "unix:uid", NOBODY);
        Files.setAttribute(state, "unix:gid", NOBODY);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(state)) {
            return all.filter(file -> !file.equals(state)).sorted().toList();
        }
    }

    @Test
    void eachCommandIsCalledHere() {
        Set<String> called =
                CALLS.stream().map(call -> call.split(" ", -1)[0]).collect(Collectors.toCollection(TreeSet::new));
        assertThat(called)
                .isEqualTo(new TreeSet<>(Main.commandLine().getSubcommands().keySet()));
        Set<String> users = CALLS.stream()
                .filter(call -> call.startsWith("user "))
                .map(call -> call.split(" ", -1)[1])
                .collect(Collectors.toSet());
        CommandLine user =
                Objects.requireNonNull(Main.commandLine().getSubcommands().get("user"));
        assertThat(users).isEqualTo(user.getSubcommands().keySet());
    }

    @ParameterizedTest
    @EnumSource
    void nothingThatTheOwnerCantUseIsLeft(Left how) throws Exception {
        leave(how);
        for (String call : CALLS) {
            List<Path> before = files();
            Printed out = new Printed();
            Printed err = new Printed();
            int code = StandardStreams.of(out, err).run(words(call));
            String where = how + ": " + call + " (" + code + "): " + err;
            assertThat(code).as(where).isBetween(0, 6);
            assertThat(UnusableFiles.in(state)).as(where).isEmpty();
            for (Path file : files()) {
                assertThat(Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS))
                        .as("%s: %s", where, file)
                        .isEqualTo(NOBODY);
            }
            List<Path> more = new ArrayList<>(files());
            more.removeAll(before);
            assertThat(more)
                    .as(where)
                    .allMatch(file -> file.endsWith("users.yaml")
                            || file.endsWith("reedgate.db-shm")
                            || file.endsWith("reedgate.db-wal"));
        }
    }

    private String[] words(String call) {
        return Stream.of(call.split(" ", -1))
                .map(word -> word.replace(
                                "CONFIG", folder.resolve("config.yaml").toString())
                        .replace("CODE", folder.resolve("code").toString())
                        .replace("FOLDER", folder.toString())
                        .replace("DIR", state.toString()))
                .toArray(String[]::new);
    }
}
