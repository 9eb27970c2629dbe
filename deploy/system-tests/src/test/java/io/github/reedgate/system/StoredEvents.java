package io.github.reedgate.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the gateway's store holds, read from its file by other means than the gateway's own. Opens the file for each call. */
final class StoredEvents {

    private final Path file;

    /** The store in that state folder. */
    StoredEvents(Path stateFolder) {
        this.file = stateFolder.resolve("reedgate.db");
    }

    /** The ids of all events in the log, oldest first. */
    Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        query("SELECT id FROM event ORDER BY seq", row -> ids.add(row.getString(1)));
        return ids;
    }

    /** How many events are in the log. */
    long count() {
        return number("SELECT count(*) FROM event");
    }

    /** An event of the log. */
    record Row(long seq, String id, String type, long boot, long timeMillis) {}

    /** All events in the log, oldest first. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        query(
                "SELECT seq, id, type, boot, time_ms FROM event ORDER BY seq",
                row -> rows.add(
                        new Row(row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), row.getLong(5))));
        return rows;
    }

    /** The numbers of events that wait for the broker, by the number of the row they wait in. */
    Map<Long, Long> waitingEvents() {
        Map<Long, Long> numbers = new LinkedHashMap<>();
        query(
                "SELECT id, seq FROM outbox WHERE topic LIKE '%/event' ORDER BY id",
                row -> numbers.put(row.getLong(1), row.getLong(2)));
        return numbers;
    }

    /** What is noted under that key, without its check; empty text if nothing is. */
    String note(String key) {
        String[] value = {""};
        query("SELECT value FROM meta WHERE key = '" + key + "'", row -> value[0] = row.getString(1));
        return value[0].substring(0, Math.max(0, value[0].lastIndexOf(' ')));
    }

    /** What the gateway must still know after a restart, in JSON; empty text if there is nothing. */
    String snapshot() {
        String[] body = {""};
        query("SELECT body FROM document WHERE id = 1", row -> body[0] = row.getString(1));
        return body[0].substring(0, Math.max(0, body[0].lastIndexOf(' ')));
    }

    /** How many messages wait for the broker. */
    long waiting() {
        return number("SELECT count(*) FROM outbox");
    }

    /** How many notices wait to be told beside the broker. */
    long waitingNotices() {
        return number("SELECT count(*) FROM notice");
    }

    private long number(String sql) {
        long[] number = new long[1];
        query(sql, row -> number[0] = row.getLong(1));
        return number[0];
    }

    /** Takes one row. */
    private interface Taker {
        void take(ResultSet row) throws SQLException;
    }

    private void query(String sql, Taker each) {
        if (!Files.exists(file)) {
            throw new AssertionError("there is no store at " + file);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("PRAGMA query_only = 1");
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    each.take(rows);
                }
            }
        } catch (SQLException e) {
            throw new AssertionError("the store " + file + " can't be read: " + e.getMessage(), e);
        }
    }
}
