package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notes are kept with what else the same step wanted kept, or not at all. */
class NotesOnDiskTest {

    private static final String NAME = "refusals";
    private static final String ARMED = "{\"state\":\"armed_away\"}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private EventStore open() throws StoreException {
        return EventStore.open(folder, Bounds.DEFAULT);
    }

    private void sql(String text) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(StoreFile.NAME));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(text);
        }
    }

    private static Batch batch(long seq, String value) {
        Batch events = Samples.batch(seq);
        return new Batch(
                events.events(), events.added(), events.removed(), ARMED, NoticeChange.NONE, Map.of(NAME, value));
    }

    /** What stops the transaction halfway counts as damage: the file is moved aside as it was. */
    @Test
    void noteIsNotKeptWithoutItsEventNorTheEventWithoutIt() throws Exception {
        for (String trigger : List.of("ON event", "ON meta WHEN NEW.key = '" + NAME + "'")) {
            try (EventStore store = open()) {
                store.commit(batch(1, "1"));
                sql("CREATE TRIGGER no BEFORE INSERT " + trigger + " BEGIN SELECT RAISE(ABORT, 'no'); END");
                assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.commit(batch(2, "2")));
                Path aside = store.movedAside().orElseThrow();
                try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + aside);
                        Statement statement = connection.createStatement();
                        ResultSet newest = statement.executeQuery("SELECT max(seq) FROM event")) {
                    assertThat(Layout.value(connection, NAME)).as(trigger).isEqualTo("1");
                    assertThat(newest.getLong(1)).as(trigger).isEqualTo(1);
                }
                store.commit(batch(2, "2"));
                assertThat(store.note(NAME)).isEqualTo("2");
            }
            Files.delete(folder.resolve(StoreFile.NAME));
        }
    }

    @Test
    void noteOfAStepIsWrittenWithTheStepAndNotBefore() throws Exception {
        try (StoreThread thread = new StoreThread(open(), this::open, event -> {}, System::nanoTime)) {
            thread.begin();
            thread.keepSnapshot(ARMED);
            thread.note(NAME, "1");
            thread.turn();
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(StoreFile.NAME))) {
                assertThat(Layout.value(connection, NAME)).isEmpty();
            }
            thread.end();
            thread.turn();
        }
        try (EventStore store = open()) {
            assertThat(store.note(NAME)).isEqualTo("1");
            assertThat(store.snapshot().row()).isEqualTo(ARMED);
        }
    }

    @Test
    void noteIsKeptInMemoryWhileTheDiskFails() throws Exception {
        Path file = Files.createFile(folder.resolve("state"));
        long[] nowNanos = {0};
        StoreWork work =
                new StoreWork(null, () -> EventStore.open(file, Bounds.DEFAULT), event -> {}, () -> nowNanos[0]);
        work.take(new StoreCommand.Together(
                List.of(new StoreCommand.KeepSnapshot(ARMED), new StoreCommand.Note(NAME, "1"))));
        work.settle();
        Files.delete(file);
        nowNanos[0] += StoreWork.RETRY.toNanos();
        work.settle();
        work.end();
        try (EventStore store = EventStore.open(file, Bounds.DEFAULT)) {
            assertThat(store.note(NAME)).isEqualTo("1");
        }
    }
}
