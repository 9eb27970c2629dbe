package io.github.reedgate.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the gateway's store holds, read from its file by other means than the gateway's own. Opens the file for each call. */
final class StoredEvents {

    private static final Pattern COUNTER = Pattern.compile("\"counter\":(\\d+)");
    private static final Pattern RANGE = Pattern.compile("(\\d+)-(\\d+)");

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

    /** The numbers of events that wait for the broker, lowest first. */
    List<Long> waitingEvents() {
        List<Long> numbers = new ArrayList<>();
        query(
                "SELECT seq FROM event WHERE " + unsettled("event") + " ORDER BY seq",
                row -> numbers.add(row.getLong(1)));
        return numbers;
    }

    /** A condition for the rows that are not settled on a topic, as the newer of two rows says it. */
    private String unsettled(String topic) {
        String[] newest = {"\"event\":{\"up_to\":0,\"above\":[]},\"alarm\":{\"up_to\":0,\"above\":[]}"};
        long[] counter = {0};
        query("SELECT body FROM document WHERE id IN (2, 3)", row -> {
            Matcher found = COUNTER.matcher(row.getString(1));
            if (found.find() && Long.parseLong(found.group(1)) > counter[0]) {
                counter[0] = Long.parseLong(found.group(1));
                newest[0] = row.getString(1);
            }
        });
        Matcher progress = Pattern.compile("\"" + topic + "\":\\{\"up_to\":(\\d+),\"above\":\\[([^]]*)]")
                .matcher(newest[0]);
        if (!progress.find()) {
            throw new AssertionError("no progress of " + topic + " in " + newest[0]);
        }
        StringBuilder sql = new StringBuilder("seq > " + progress.group(1));
        Matcher range = RANGE.matcher(progress.group(2));
        while (range.find()) {
            sql.append(" AND seq NOT BETWEEN ")
                    .append(range.group(1))
                    .append(" AND ")
                    .append(range.group(2));
        }
        return sql.toString();
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
        return number("SELECT (SELECT count(*) FROM event WHERE " + unsettled("event")
                + ") + (SELECT count(*) FROM event WHERE alarm = 2 AND " + unsettled("alarm") + ")");
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
