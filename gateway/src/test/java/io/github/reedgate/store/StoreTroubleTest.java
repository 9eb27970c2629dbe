package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Full disks, folders that can't be used, files of others. */
class StoreTroubleTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static Batch big(long from, int count) {
        List<Event> events = new ArrayList<>();
        List<Outbox.Entry> messages = new ArrayList<>();
        for (long seq = from; seq < from + count; seq++) {
            events.add(Samples.event(seq));
            messages.add(Samples.routine(seq, Samples.event(seq)));
        }
        return new Batch(events, messages, List.of());
    }

    @Test
    void fullDiskAtAnyPageLeavesNothingHalfWritten() throws Exception {
        for (int spare = 0; spare < 12; spare++) {
            Path home = folder.resolve("spare" + spare);
            try (Database database = Database.open(home)) {
                database.write("writing", open -> put(open, big(1, 5)));
                long pages = database.read("asking", open -> Database.number(open, "PRAGMA page_count"));
                limit(database, pages + spare);
                assertThatThrownBy(() -> database.write("writing", open -> put(open, big(6, 100))))
                        .isInstanceOfSatisfying(
                                StoreException.class,
                                e -> assertThat(e.trouble()).isEqualTo(StoreException.Trouble.DISK_FULL))
                        .hasMessageContaining("make room");
                assertThat(rows(database)).isEqualTo(10);
                limit(database, 100_000);
                database.write("writing", open -> put(open, big(6, 100)));
                assertThat(rows(database)).isEqualTo(210);
            }
            try (EventStore store = EventStore.open(home, Bounds.DEFAULT)) {
                assertThat(store.movedAside()).isEmpty();
                assertThat(store.events(0, 1_000)).hasSize(105);
                assertThat(store.waitingCount()).isEqualTo(105);
            }
        }
    }

    @Test
    void nothingIsWrittenBehindWhatAFailedFsyncMayHaveLost() throws Exception {
        int ioError = 10;
        Path wal = folder.resolve("reedgate.db-wal");
        try (Database database = Database.open(folder)) {
            database.write("writing", open -> put(open, big(1, 50)));
            long size = Files.size(wal);
            try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("reedgate.db"))) {
                Database.execute(reader, "BEGIN");
                Database.number(reader, "SELECT count(*) FROM event"); // so that closing can't empty the log
                assertThatThrownBy(() -> database.write("writing", open -> {
                            throw new SQLException("planted", null, ioError);
                        }))
                        .isInstanceOf(StoreException.class);
                assertThat(Files.size(wal)).isEqualTo(size);
            }
            database.write("writing", open -> put(open, big(51, 1)));

            assertThat(Files.size(wal)).as("only the last write is in it").isLessThan(size / 2);
            assertThat(rows(database)).isEqualTo(102);
        }
    }

    private static int put(Connection open, Batch batch) throws SQLException {
        int rows = 0;
        for (Event event : batch.events()) {
            rows += EventTable.put(open, event, false);
        }
        for (Outbox.Entry entry : batch.added()) {
            rows += OutboxTable.put(open, entry);
        }
        return rows;
    }

    private static void limit(Database database, long pages) throws StoreException {
        database.read("limiting", open -> Database.number(open, "PRAGMA max_page_count=" + pages));
    }

    private static long rows(Database database) throws StoreException {
        return database.read(
                "counting",
                open -> Database.number(open, "SELECT (SELECT count(*) FROM event) + (SELECT count(*) FROM outbox)"));
    }

    @Test
    void failureInTheMiddleOfATransactionUndoesIt() throws Exception {
        try (Database database = Database.open(folder)) {
            assertThatThrownBy(() -> database.write("writing", open -> {
                        put(open, big(1, 5));
                        throw new IllegalStateException("planted");
                    }))
                    .hasMessage("planted");
            assertThat(rows(database)).isZero();
            database.write("writing", open -> put(open, big(1, 5)));
            assertThat(rows(database)).isEqualTo(10);
            assertThat(database.movedAside()).isEmpty();
        }
    }

    @Test
    void folderThatCantBeMadeIsSaidWithTheFix() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");

        assertThatThrownBy(() -> EventStore.open(file.resolve("state"), Bounds.DEFAULT))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.trouble()).isEqualTo(StoreException.Trouble.DISK_FAILED))
                .hasMessageContaining("make the folder writable");
    }

    @Test
    void folderInPlaceOfTheFileIsSaidAndNotTouched() throws Exception {
        Files.createDirectories(folder.resolve("reedgate.db/inside"));

        assertThatThrownBy(() -> EventStore.open(folder, Bounds.DEFAULT)).isInstanceOf(StoreException.class);
        assertThat(folder.resolve("reedgate.db/inside")).isDirectory();
    }

    @Test
    void fileOfALaterVersionIsMovedAsideUntouched() throws Exception {
        closedStore("PRAGMA user_version=" + (StoreFile.VERSION + 1));
        byte[] before = Files.readAllBytes(folder.resolve("reedgate.db"));

        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            Path aside = store.movedAside().orElseThrow();
            assertThat(aside.getFileName().toString()).startsWith("reedgate.db.newer-");
            assertThat(Files.readAllBytes(aside)).isEqualTo(before);
            assertThat(store.lastSeq()).isZero();
            store.commit(Samples.batch(7));
            assertThat(store.lastSeq()).isEqualTo(7);
        }
    }

    @Test
    void laterVersionThatIsInTheWriteAheadLogOnlyIsFoundToo() throws Exception {
        closedStore("PRAGMA journal_mode=WAL");
        Path home = Files.createDirectory(folder.resolve("home"));
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("reedgate.db"));
                Statement statement = open.createStatement()) {
            statement.execute("PRAGMA user_version=" + (StoreFile.VERSION + 1));
            for (String ending : List.of("", "-wal")) {
                Files.copy(folder.resolve("reedgate.db" + ending), home.resolve("reedgate.db" + ending));
            }
        }
        byte[] db = Files.readAllBytes(home.resolve("reedgate.db"));
        byte[] wal = Files.readAllBytes(home.resolve("reedgate.db-wal"));

        try (EventStore store = EventStore.open(home, Bounds.DEFAULT)) {
            Path aside = store.movedAside().orElseThrow();
            assertThat(aside.getFileName().toString()).startsWith("reedgate.db.newer-");
            assertThat(Files.readAllBytes(aside)).isEqualTo(db);
            assertThat(Files.readAllBytes(Path.of(aside + "-wal"))).isEqualTo(wal);
        }
    }

    @Test
    void fileOfAnotherProgramIsMovedAside() throws Exception {
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("reedgate.db"));
                Statement statement = open.createStatement()) {
            statement.execute("CREATE TABLE foreign_one (x)");
        }
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            assertThat(store.movedAside()).isPresent();
        }
    }

    @Test
    void onlyTheYoungestDamagedFilesAreKept() throws Exception {
        for (int round = 0; round < 6; round++) {
            Files.writeString(folder.resolve("reedgate.db"), "rubbish " + round);
            EventStore.open(folder, Bounds.DEFAULT).close();
        }
        try (var files = Files.list(folder)) {
            List<String> kept = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(".damaged-"))
                    .toList();
            assertThat(kept).hasSize(3);
        }
    }

    @Test
    void nothingIsLeftOfTheUnpackedLibrary() throws Exception {
        Path litter = Files.createDirectories(folder.resolve("native")).resolve("sqlite-0-left.so");
        Files.writeString(litter, "of a process that was killed");
        SqliteLibrary.load(folder);

        assertThat(folder.resolve("native")).doesNotExist();
    }

    private void closedStore(String last) throws Exception {
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            store.commit(Samples.batch(1));
        }
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("reedgate.db"));
                Statement statement = open.createStatement()) {
            statement.execute(last);
        }
    }
}
