package io.github.reedgate.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.store.EventStore;
import io.github.reedgate.store.LogSamples;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One fault of disk, store, configuration or secrets at a time: exactly its check tells it, with the fix. */
class StorageFaultsTest {

    /** Where SQLite keeps the number that says which layout a file has. */
    private static final int USER_VERSION = 60;

    @TempDir
    private Path folder = Path.of("");

    private FakeMachine machine;

    @BeforeEach
    void build() throws IOException {
        machine = new FakeMachine(folder);
        machine.clock(LogSamples.time(10), true);
    }

    private Finding only(CheckName check, Status status) {
        return Verdicts.only(machine.examine(FakeMachine.LOCAL), check, status);
    }

    private Path store() {
        return machine.stateDir().resolve("reedgate.db");
    }

    @Test
    void usualStoreIsWell() throws Exception {
        LogSamples.keepUsual(machine.stateDir());
        assertThat(machine.examine(FakeMachine.LOCAL))
                .filteredOn(finding -> finding.check() == CheckName.STORE)
                .allSatisfy(finding -> {
                    assertThat(finding.status()).as("%s", finding).isEqualTo(Status.OK);
                    assertThat(finding.seen()).isEqualTo("1 messages wait, the oldest for 8 min");
                });
    }

    @Test
    void stateFolderThatEverybodyMayWriteTo() throws IOException {
        FakeMachine.mode(machine.stateDir(), "rwxrwxrwx");
        Finding finding = only(CheckName.DISK, Status.WARN);
        assertThat(finding.seen()).contains("written by everybody");
        assertThat(finding.fix()).isEqualTo("sudo chmod 700 " + machine.stateDir());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"start.properties", "reedgate.db-wal", "reedgate.db-shm", "reedgate.db-journal", "panel.json"})
    void fileThatRootHasLeftInTheStateFolder(String name) throws IOException {
        assumeThat(System.getProperty("user.name")).isEqualTo("root");
        Path left = Files.writeString(machine.stateDir().resolve(name), "");
        Files.setAttribute(machine.stateDir(), "unix:uid", 4002);
        FakeMachine.mode(left, "rw-r--r--");
        Finding finding = machine.examine(FakeMachine.LOCAL).stream()
                .filter(found -> found.check() == CheckName.DISK)
                .findFirst()
                .orElseThrow();

        assertThat(finding.status()).as("%s", finding).isEqualTo(Status.FAIL);
        assertThat(finding.seen()).contains("can't use [" + left + "]");
        assertThat(finding.fix()).startsWith("run: sudo chown -R ");
    }

    @Test
    void configurationWithATopicThatEveryoneMayRead() throws IOException {
        machine.more("notify:\n  phone: {type: ntfy, url: 'https://ntfy.sh', topic: door-4711-4711-4711}\n");
        Finding finding = only(CheckName.SECRETS, Status.WARN);

        assertThat(finding.seen()).contains("reedgate.yaml has the topic").doesNotContain("4711");
        assertThat(finding.fix()).startsWith("sudo chmod 640 ");
    }

    @Test
    void stateFolderThatIsAFile() throws IOException {
        Files.delete(machine.stateDir());
        Files.writeString(machine.stateDir(), "");
        Finding finding = only(CheckName.DISK, Status.FAIL);
        assertThat(finding.seen()).contains("state_dir", machine.stateDir().toString(), "not a folder");
        assertThat(finding.fix()).contains("state_dir");
    }

    @Test
    void stateFolderThatIsMissing() throws IOException {
        Files.delete(machine.stateDir());
        assertThat(only(CheckName.DISK, Status.FAIL).fix())
                .contains("sudo install -d -m 700 -o reedgate -g reedgate " + machine.stateDir());
    }

    @Test
    void stateFolderOnAReadOnlyDisk() throws IOException {
        machine.file("proc/mounts", "/dev/x / ext4 rw 0 0\n/dev/y " + machine.stateDir() + " ext4 ro 0 0\n");
        Finding finding = only(CheckName.DISK, Status.FAIL);
        assertThat(finding.seen()).contains("read-only");
        assertThat(finding.fix()).contains("sudo mount -o remount,rw " + machine.stateDir());
    }

    @Test
    void stateFolderOfSomebodyElse() throws IOException {
        FakeMachine.mode(machine.stateDir(), "rwx------");
        assertThat(only(CheckName.DISK, Status.FAIL).fix())
                .contains("sudo chown -R reedgate: " + machine.stateDir(), "chmod 700");
    }

    @Test
    void stateFolderInMemory() throws IOException {
        machine.file("proc/mounts", "/dev/x / ext4 rw 0 0\ntmpfs " + machine.stateDir() + " tmpfs rw 0 0\n");
        assertThat(only(CheckName.DISK, Status.WARN).seen()).contains("tmpfs");
    }

    @Test
    void diskWithoutRoomForMoreFiles() {
        machine.answer("stat", "1000000 3\n");
        Finding finding = only(CheckName.DISK, Status.FAIL);
        assertThat(finding.seen()).contains("only 3 more files");
        assertThat(finding.fix()).contains("du -x --inodes");
    }

    @Test
    void damagedStore() throws Exception {
        LogSamples.keepUsual(machine.stateDir());
        try (RandomAccessFile file = new RandomAccessFile(store().toFile(), "rw")) {
            file.write(new byte[2048]);
        }
        Finding finding = only(CheckName.STORE, Status.FAIL);
        assertThat(finding.seen()).contains(store().toString(), "damaged");
        assertThat(finding.fix()).contains("restart reedgate", "moves it aside");
    }

    @Test
    void storeOfANewerVersion() throws Exception {
        LogSamples.keepUsual(machine.stateDir());
        try (RandomAccessFile file = new RandomAccessFile(store().toFile(), "rw")) {
            file.seek(USER_VERSION);
            file.writeInt(99);
        }
        Finding finding = only(CheckName.STORE, Status.FAIL);
        assertThat(finding.seen()).contains("newer version", "99");
        assertThat(finding.fix()).contains("call the newer reedgate");
    }

    @Test
    void storeThatWasMovedAside() throws Exception {
        LogSamples.keep(machine.stateDir(), List.of(), List.of());
        Files.writeString(machine.stateDir().resolve("reedgate.db.damaged-20261122T211403Z"), "");
        Finding finding = only(CheckName.STORE, Status.WARN);
        assertThat(finding.seen()).contains("reedgate.db.damaged-20261122T211403Z");
        assertThat(finding.fix()).contains(".recover");
    }

    @Test
    void fullOutbox() throws Exception {
        machine.more("store:\n  max_events: 500\n");
        List<Event> events = new ArrayList<>();
        List<Outbox.Entry> waiting = new ArrayList<>();
        for (int i = 1; i <= 490; i++) {
            Event event = LogSamples.event(LogSamples.stamp(i, LogSamples.time(9), true), EventType.TEST, null, "Test");
            events.add(event);
            waiting.add(LogSamples.routine(i, event));
        }
        LogSamples.keep(machine.stateDir(), events, waiting);
        Finding finding = only(CheckName.STORE, Status.FAIL);
        assertThat(finding.seen()).contains("490 messages wait", "500", "store.max_events");
        assertThat(finding.fix()).contains("reedgate outbox");
    }

    @Test
    void messagesThatWaitForLong() throws Exception {
        LogSamples.keepUsual(machine.stateDir());
        machine.clock(LogSamples.time(200), true);
        assertThat(only(CheckName.STORE, Status.WARN).seen()).contains("the oldest for 3 h");
    }

    @Test
    void messagesThatTheBrokerRefuses() throws Exception {
        LogSamples.keepUsual(machine.stateDir());
        try (EventStore store = LogSamples.open(machine.stateDir())) {
            store.putNote("last_refusal", "reedgate/home/alarm: not authorized\u001B[2J");
        }
        Finding finding = only(CheckName.STORE, Status.WARN);
        assertThat(finding.seen()).contains("reedgate/home/alarm: not authorized?[2J");
        assertThat(finding.fix()).contains("reedgate outbox");
    }

    @Test
    void topicThatTheGatewayDoesNotHear() throws Exception {
        LogSamples.keepUsual(machine.stateDir());
        try (EventStore store = LogSamples.open(machine.stateDir())) {
            store.putNote(
                    "lost_subscriptions",
                    LogSamples.time(5) + " unreadable reedgate/home/over\n" + LogSamples.time(20)
                            + " unreadable reedgate/home/panel/set\n- refused homeassistant/status\nodd");
        }
        Finding finding = only(CheckName.STORE, Status.WARN);
        assertThat(finding.seen())
                .contains(
                        "does not hear reedgate/home/panel/set (unreadable, tried again " + LogSamples.time(20) + "),",
                        "homeassistant/status (refused)")
                .doesNotContain("over", "odd");
        assertThat(finding.fix()).contains("reedgate status");
    }

    @Test
    void watermarkThatAnotherClientWrote() throws Exception {
        LogSamples.keepUsual(machine.stateDir());
        try (EventStore store = LogSamples.open(machine.stateDir())) {
            store.putNote("foreign_watermark", LogSamples.time(5) + " broker b has 'x\u001B' on reedgate/home/w");
            store.putNote("lost_subscriptions", "- refused homeassistant/status");
        }
        Finding finding = only(CheckName.STORE, Status.WARN);
        assertThat(finding.seen())
                .contains("another client wrote the gateway's watermark", "has 'x?' on reedgate/home/w")
                .contains("does not hear homeassistant/status");
        assertThat(finding.fix()).contains("who may publish there", "reedgate status");
    }

    @Test
    void watermarkThatAnotherClientWroteLongAgo() throws Exception {
        LogSamples.keepUsual(machine.stateDir());
        try (EventStore store = LogSamples.open(machine.stateDir())) {
            store.putNote("foreign_watermark", "2026-01-01T00:00:00Z broker b has 'x' on reedgate/home/w");
        }
        assertThat(machine.examine(EnumSet.of(CheckName.STORE)))
                .extracting(Finding::status)
                .containsExactly(Status.OK);
    }

    @Test
    void passwordFileThatIsMissing() {
        Path missing = folder.resolve("nothing");
        machine.broker("url: mqtt://localhost\nuser: home\npassword_file: " + missing + "\n");
        Finding finding = only(CheckName.SECRETS, Status.FAIL);
        assertThat(finding.seen()).contains(missing.toString(), "does not exist");
        assertThat(finding.fix()).contains("create it");
    }

    @Test
    void passwordFileThatTheGatewayMayNotRead() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "secret\n");
        FakeMachine.mode(file, "rw-------");
        machine.broker("url: mqtt://localhost\nuser: home\npassword_file: " + file + "\n");
        Finding finding = only(CheckName.SECRETS, Status.FAIL);
        assertThat(finding.seen())
                .contains("broker.password_file", "user reedgate")
                .doesNotContain("secret\n");
        assertThat(finding.fix()).contains("sudo chown reedgate " + file);
    }

    @Test
    void passwordFileThatEverybodyMayRead() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "secret\n");
        FakeMachine.mode(file, "rw-r--r--");
        machine.broker("url: mqtt://localhost\nuser: home\npassword_file: " + file + "\n");
        assertThat(only(CheckName.SECRETS, Status.WARN).fix()).contains("sudo chmod 640 " + file);
    }
}
