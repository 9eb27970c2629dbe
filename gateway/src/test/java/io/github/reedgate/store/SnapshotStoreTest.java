package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must be known after a restart is stored with the events, and outlives the store. */
class SnapshotStoreTest {

    private static final String ARMED = "{\"state\":\"armed_away\"}";
    private static final String PENDING = "{\"state\":\"pending\",\"incident\":{\"id\":\"a b\"}}";

    @TempDir
    private Path folder;

    private static Batch batch(long seq, String document) {
        Batch events = Samples.batch(seq);
        return new Batch(events.events(), events.added(), events.removed(), document);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }

    private EventStore open() throws StoreException {
        return EventStore.open(folder, Bounds.DEFAULT);
    }

    @Test
    void newStoreRemembersNothing() throws Exception {
        try (EventStore store = open()) {
            assertThat(store.snapshot()).isEqualTo(SnapshotRecall.NOTHING);
        }
    }

    @Test
    void newestDocumentIsFoundAgain() throws Exception {
        try (EventStore store = open()) {
            store.commit(batch(1, ARMED));
            store.commit(batch(2, PENDING));
            store.commit(Samples.batch(3));
        }
        try (EventStore store = open()) {
            assertThat(store.snapshot().row()).isEqualTo(PENDING);
            assertThat(store.lastSeq()).isEqualTo(3);
        }
    }

    @Test
    void documentAloneIsKeptToo() throws Exception {
        try (EventStore store = open()) {
            store.commit(new Batch(List.of(), List.of(), List.of(), ARMED));
        }
        Files.delete(folder.resolve(SnapshotCopy.NAME));
        try (EventStore store = open()) {
            assertThat(store.snapshot().row()).isEqualTo(ARMED);
        }
    }

    @Test
    void storeOfTheLayoutBeforeIsBroughtUpAndKeepsItsEvents() throws Exception {
        try (EventStore store = open()) {
            store.commit(Samples.batch(1));
        }
        Layouts.former(folder, 1, Map.of());
        try (EventStore store = open()) {
            assertThat(store.movedAside()).isEmpty();
            assertThat(store.lastSeq()).isEqualTo(1);
            store.commit(batch(2, ARMED));
        }
        Files.delete(folder.resolve(SnapshotCopy.NAME));
        try (EventStore store = open()) {
            assertThat(store.snapshot().row()).isEqualTo(ARMED);
            assertThat(store.waiting(0, 10)).extracting(Outbox.Entry::id).containsExactly(1L, 2L);
        }
    }

    @Test
    void layoutBeforeIsStillRead() throws Exception {
        try (EventStore store = open()) {
            store.commit(Samples.batch(1));
        }
        Layouts.former(folder, 1, Map.of());
        try (ReadConnection reader = ReadConnection.open(folder.resolve("reedgate.db"))) {
            assertThat(reader.isOutdated()).isFalse();
        }
    }

    @Test
    void whatWasInSixPlacesIsPutIntoOne() throws Exception {
        Map<String, String> texts = Map.of(
                "panel", ARMED, "notice_plan", "{plan}", "left_open", "1 a/1/-", "troubles", "", "used_nonces", "0");
        try (EventStore store = open()) {
            store.commit(Samples.batch(1));
        }
        Layouts.former(folder, 3, texts);
        sql("UPDATE meta SET value = 'x' || value WHERE key = 'used_nonces'");
        try (EventStore store = open()) {
            assertThat(store.movedAside()).isEmpty();
            assertThat(store.lastSeq()).isEqualTo(1);
            assertThat(store.snapshot().row())
                    .isEqualTo("{\"version\":1,\"former_texts\":{\"panel\":" + quoted(ARMED)
                            + ",\"notice_plan\":\"{plan}\",\"left_open\":\"1 a/1/-\",\"used_nonces\":\"damaged\"}}");
            for (String name : texts.keySet()) {
                assertThat(store.note(name)).as(name).isEmpty();
            }
            store.commit(batch(2, PENDING));
        }
        try (EventStore store = open()) {
            assertThat(store.snapshot().row()).isEqualTo(PENDING);
        }
    }

    @Test
    void storeThatHadNothingOfAPanelSaysSo() throws Exception {
        try (EventStore store = open()) {
            store.commit(Samples.batch(1));
        }
        Layouts.former(folder, 3, Map.of("panel_lost", ""));
        try (EventStore store = open()) {
            assertThat(store.snapshot().row()).isEqualTo("{\"version\":1,\"former_texts\":{}}");
        }
    }

    /** The power goes while it is brought up, or while that is not in the file yet: its write-ahead log is cut at each place. */
    @Test
    void bringingUpThatIsCutOffAnywhereLosesNothing() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        try (EventStore store = EventStore.open(home, Bounds.DEFAULT)) {
            store.commit(Samples.batch(1));
        }
        Layouts.former(home, 3, Map.of("panel", ARMED, "troubles", "1 a/deaf"));
        byte[] before = Files.readAllBytes(home.resolve(StoreFile.NAME));
        byte[] log;
        try (EventStore store = EventStore.open(home, Bounds.DEFAULT)) {
            assertThat(store.lastSeq()).isEqualTo(1);
            log = Files.readAllBytes(home.resolve(StoreFile.NAME + "-wal"));
        }
        assertThat(log.length).isGreaterThan(4_096);
        for (int length = 0; length <= log.length; length += 512) {
            Path cut = Files.createDirectory(folder.resolve("cut" + length));
            Files.write(cut.resolve(StoreFile.NAME), before);
            Files.write(cut.resolve(StoreFile.NAME + "-wal"), Arrays.copyOf(log, length));
            try (EventStore store = EventStore.open(cut, Bounds.DEFAULT)) {
                assertThat(store.movedAside()).as("cut at %d", length).isEmpty();
                assertThat(store.lastSeq()).as("cut at %d", length).isEqualTo(1);
                assertThat(store.snapshot().row())
                        .as("cut at %d", length)
                        .contains("armed_away")
                        .contains("1 a/deaf");
            }
        }
    }

    @Test
    void storeFoundDamagedDoesNotDisarm() throws Exception {
        try (EventStore store = open()) {
            store.commit(batch(1, ARMED));
        }
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("reedgate.db").toFile(), "rw")) {
            file.write(new byte[5_000]);
        }
        try (EventStore store = open()) {
            assertThat(store.movedAside()).isPresent();
            assertThat(store.snapshot()).isEqualTo(new SnapshotRecall("", ARMED, ""));
            store.commit(Samples.batch(2));
        }
        try (EventStore store = open()) {
            assertThat(store.snapshot())
                    .as("it is for the gateway to say what of the copy still holds")
                    .isEqualTo(new SnapshotRecall("", ARMED, ""));
        }
    }

    @Test
    void databaseThatIsBegunAnewWhileTheGatewayRunsGetsWhatWasStoredLast() throws Exception {
        try (EventStore store = open()) {
            store.commit(batch(1, ARMED));
            sql("CREATE TRIGGER no BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'no'); END");
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.commit(Samples.batch(2)));
            assertThat(store.movedAside()).isPresent();
            store.commit(Samples.batch(2));
        }
        Files.delete(folder.resolve(SnapshotCopy.NAME));
        try (EventStore store = open()) {
            assertThat(store.snapshot().row()).isEqualTo(ARMED);
        }
    }

    @Test
    void databaseThatIsBegunAnewGetsWhatWasFoundIfNothingWasStoredSince() throws Exception {
        try (EventStore store = open()) {
            store.commit(batch(1, ARMED));
        }
        try (EventStore store = open()) {
            sql("CREATE TRIGGER no BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'no'); END");
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.commit(Samples.batch(2)));
            store.commit(Samples.batch(2));
        }
        Files.delete(folder.resolve(SnapshotCopy.NAME));
        try (EventStore store = open()) {
            assertThat(store.snapshot().row()).isEqualTo(ARMED);
        }
    }

    /** Without the gateway's id in it, the events of that file would be nobody's. */
    @Test
    void databaseThatIsBegunAnewHasTheGatewaysIdThoughItsFirstBatchFails() throws Exception {
        try (EventStore store = open()) {
            store.commit(Samples.batch(1));
            sql("CREATE TRIGGER no BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'no'); END");
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.commit(Samples.batch(2)));
            Event good = Samples.event(2);
            Object unprintable = new Object() {
                @Override
                public String toString() {
                    throw new IllegalStateException("no text");
                }
            };
            Event bad = new Event(
                    good.type(), good.stamp(), good.gateway(), null, null, null, "", Map.of("no", unprintable));
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> store.commit(new Batch(List.of(bad), List.of(), List.of(), null)));
            store.commit(Samples.batch(2));
        }
        try (EventStore store = open()) {
            assertThat(store.events(2, 1))
                    .extracting(Event::gateway)
                    .containsExactly(Samples.event(2).gateway());
        }
    }

    @Test
    void copyThatCantBeWrittenIsRemovedAndTriedAgain() throws Exception {
        Path copy = folder.resolve(SnapshotCopy.NAME);
        Path fresh = folder.resolve(SnapshotCopy.NAME + ".new");
        try (EventStore store = open()) {
            store.commit(batch(1, ARMED));
            assertThat(copy).isNotEmptyFile();
            Files.createDirectory(fresh);
            store.commit(batch(2, PENDING));
            assertThat(copy).as("it was older than the store").doesNotExist();
            Files.delete(fresh);
            store.commit(Samples.batch(3));
        }
        assertThat(EventStore.snapshotCopy(folder)).isEqualTo(new SnapshotRecall("", PENDING, ""));
    }

    /** The power went between the store and the copy, or an earlier copy was put back. */
    @Test
    void copyThatIsNotAsTheStoreIsWrittenAnew() throws Exception {
        try (EventStore store = open()) {
            store.commit(batch(1, PENDING));
        }
        new SnapshotCopy(folder).put(ARMED);
        try (EventStore store = open()) {
            store.commit(Samples.batch(2));
        }
        assertThat(EventStore.snapshotCopy(folder).copy()).isEqualTo(PENDING);
    }

    @Test
    void gatewayThatStartedWithoutTheStoreKeepsWhatItNeverKnew() throws Exception {
        try (EventStore store = open()) {
            store.commit(batch(1, ARMED));
        }
        try (EventStore late = EventStore.open(folder, Bounds.DEFAULT, (found, fresh) -> found + " and " + fresh)) {
            late.commit(batch(2, PENDING));
            late.commit(batch(3, "third"));
        }
        try (EventStore store = open()) {
            assertThat(store.snapshot()).isEqualTo(new SnapshotRecall(ARMED + " and third", ARMED + " and third", ""));
        }
    }

    @Test
    void rowThatFailsItsCheckGivesWayToTheCopy() throws Exception {
        try (EventStore store = open()) {
            store.commit(batch(1, ARMED));
        }
        sql("UPDATE document SET body = replace(body, 'armed_away', 'disarmed')");
        try (EventStore store = open()) {
            assertThat(store.snapshot()).isEqualTo(new SnapshotRecall("", ARMED, ""));
        }
    }

    @Test
    void copyThatFailsItsCheckIsNotBelieved() throws Exception {
        Files.writeString(folder.resolve(SnapshotCopy.NAME), ARMED + " 0\n");
        assertThat(EventStore.snapshotCopy(folder)).isEqualTo(new SnapshotRecall("", "", "panel.json is damaged"));
        new SnapshotCopy(folder).put(ARMED);
        assertThat(EventStore.snapshotCopy(folder)).isEqualTo(new SnapshotRecall("", ARMED, ""));
    }

    @Test
    void whatBelongsTogetherIsWrittenTogetherWhereverTheThreadComesBy() throws Exception {
        List<StoreEvent> told = new ArrayList<>();
        try (StoreThread thread = new StoreThread(open(), this::open, told::add, () -> 0)) {
            thread.begin();
            thread.keep(Samples.event(1));
            thread.turn();
            thread.keepSnapshot(PENDING);
            thread.turn();
            try (EventStore reader = open()) {
                assertThat(reader.lastSeq()).as("half a step").isZero();
            }
            thread.end();
            thread.turn();
            try (EventStore reader = open()) {
                assertThat(reader.lastSeq()).isEqualTo(1);
                assertThat(reader.snapshot().row()).isEqualTo(PENDING);
            }
        }
        assertThat(told).isEmpty();
    }

    private void sql(String... statements) throws Exception {
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("reedgate.db"));
                Statement statement = open.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
