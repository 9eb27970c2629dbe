package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reedgate.event.LogRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that can't be read, or not in whole: what is said about it. */
final class EventLogTroubleTest {

    @TempDir
    private Path folder = Path.of("");

    private Path file = Path.of("");

    @BeforeEach
    void keepAStore() throws Exception {
        LogSamples.keepUsual(folder);
        file = folder.resolve("reedgate.db");
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private void readAll() throws LogException {
        try (EventLog log = EventLog.open(folder)) {
            log.events(EventQuery.ALL, 0, Long.MAX_VALUE, 100);
            log.backlog();
        }
    }

    private void assertRefused(String... parts) {
        assertThatExceptionOfType(LogException.class)
                .isThrownBy(this::readAll)
                .satisfies(
                        e -> assertThat(e.getMessage()).startsWith(file + " ").contains(parts));
    }

    @Test
    void missingFileIsToldWithTheWayOut() throws IOException {
        Files.delete(file);
        assertRefused("does not exist", "once it has run", "--state-dir");
    }

    @Test
    void missingFolderIsToldAsTheMissingFile() {
        Path nowhere = folder.resolve("nowhere");
        assertThatExceptionOfType(LogException.class)
                .isThrownBy(() -> EventLog.open(nowhere))
                .withMessageStartingWith(nowhere.resolve("reedgate.db") + " does not exist");
    }

    @Test
    void folderInTheFilesPlaceIsTold() throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
        assertRefused("is not a file");
    }

    @Test
    void storeOfANewerVersionIsNotGuessedAt() throws SQLException {
        change("PRAGMA user_version=" + (StoreFile.VERSION + 1));
        assertRefused("was written by a newer version of reedgate: its format is 5, this version reads 4");
    }

    @Test
    void databaseOfAnotherProgramIsNotTaken() throws SQLException {
        change("PRAGMA application_id=1");
        assertRefused("is not a store of reedgate");
    }

    @Test
    void storeWithoutATableIsNotTaken() throws SQLException {
        change("DROP TABLE outbox");
        assertRefused("is not a store of reedgate");
    }

    @Test
    void emptyFileIsAStoreThatIsJustMade() throws IOException {
        Files.write(file, new byte[0]);
        assertRefused("is not a store of reedgate, or one that the gateway is just making; try again");
    }

    @Test
    void fileOfNonsenseIsToldAsDamaged() throws IOException {
        Files.writeString(file, "nonsense ".repeat(1_000));
        assertRefused("is damaged", "sudo systemctl restart reedgate");
    }

    @Test
    void pageOfNonsenseIsToldAsDamaged() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 4096, bytes.length, (byte) 0xA5);
        Files.write(file, bytes);
        assertRefused("is damaged");
    }

    /** Whatever is cut off: no event is missing without a word. */
    @Test
    void fileCutAnywhereIsRefusedOrItsEventsAreAllAccountedFor() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int refused = 0;
        for (int length = 0; length < bytes.length; length += 512) {
            Files.write(file, Arrays.copyOf(bytes, length));
            if (isRefused()) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(bytes.length / 1024);
    }

    private boolean isRefused() {
        try (EventLog log = EventLog.open(folder)) {
            EventLog.Page page = log.events(EventQuery.ALL, 0, Long.MAX_VALUE, 100);
            assertThat(page.events().size() + page.damaged().size()).isEqualTo(5);
            return false;
        } catch (LogException e) {
            assertThat(e.getMessage()).startsWith(file + " ");
            return true;
        }
    }

    @Test
    void rowThatWasChangedIsLeftOutAndNamed() throws Exception {
        change("UPDATE event SET message = 'Nothing happened' WHERE seq = 2");
        change("UPDATE event SET alarm = 1 WHERE seq = 4");
        change("UPDATE event SET time_ms = 'soon' WHERE seq = 5");
        try (EventLog log = EventLog.open(folder)) {
            EventLog.Page page = log.events(EventQuery.ALL, 0, Long.MAX_VALUE, 5);
            assertThat(page.events()).extracting(LogRow::seq).containsExactly(1L, 3L);
            assertThat(page.damaged()).containsExactly(2L, 4L, 5L);
            assertThat(page.last()).isEqualTo(5);
            assertThat(page.isEnd()).isFalse();
        }
    }

    @Test
    void typeThatThisVersionDoesNotKnowIsReadAsItIs() throws Exception {
        LogRow event = new LogRow(
                9, "id", 1, LogSamples.time(9), true, 5, "sang", null, null, null, "Somebody sang", null, false);
        change("INSERT INTO event (" + EventTable.COLUMNS + ") VALUES (9, 'id', 1, "
                + event.time().toEpochMilli() + ", 1, 5, 'sang', NULL, NULL, NULL, 'Somebody sang', NULL, 0, "
                + EventTable.check(event) + ")");
        try (EventLog log = EventLog.open(folder)) {
            assertThat(log.events(EventQuery.ALL, 8, 9, 5).events()).isEqualTo(List.of(event));
        }
    }

    @Test
    void messageWithSpoiltPropertiesWaitsSinceUnknownTime() throws Exception {
        change("UPDATE outbox SET properties = '{', seq = 0");
        try (EventLog log = EventLog.open(folder)) {
            assertThat(log.backlog().oldest())
                    .hasValueSatisfying(waiting -> assertThat(waiting.time()).isEmpty());
        }
        change("UPDATE outbox SET properties = '{\"time\":\"yesterday\"}'");
        try (EventLog log = EventLog.open(folder)) {
            assertThat(log.backlog().oldest())
                    .hasValueSatisfying(waiting -> assertThat(waiting.time()).isEmpty());
        }
    }
}
