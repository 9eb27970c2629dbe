package io.github.reedgate.store;

import io.github.reedgate.delivery.DeliveryState;
import io.github.reedgate.delivery.LogTopic;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is asked of the event log; rows that fail their check are told and skipped. Used by the connection's owner. */
final class EventQueries {

    private static final String SELECT = "SELECT " + EventTable.COLUMNS + " FROM event ";
    private static final String MOVES =
            "type IN ('opened', 'closed', 'tampered', 'tamper_cleared') AND sensor IS NOT NULL AND state IS NOT NULL ";

    private final SpoiledRows spoiled;

    EventQueries(SpoiledRows spoiled) {
        this.spoiled = spoiled;
    }

    /**
     * The rows of a range that a topic has a message of, lowest number first, but for damaged ones.
     *
     * @param limit how many at most
     */
    List<LogRow> rows(Connection connection, LogTopic topic, SeqRange range, int limit) throws SQLException {
        String lines = topic == LogTopic.ALARM ? "AND alarm = 2 " : "";
        List<LogRow> found = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement(SELECT + "WHERE seq BETWEEN ? AND ? " + lines + "ORDER BY seq")) {
            query.setLong(1, range.from());
            query.setLong(2, range.to());
            try (ResultSet rows = query.executeQuery()) {
                while (found.size() < limit && rows.next()) {
                    row(rows).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    /** How many rows are not settled on a topic. */
    static long unsettled(Connection connection, LogTopic topic, DeliveryState.Progress progress) throws SQLException {
        String lines = topic == LogTopic.ALARM ? " AND alarm = 2" : "";
        long count = Database.number(connection, "SELECT count(*) FROM event WHERE seq > " + progress.upTo() + lines);
        for (SeqRange settled : progress.above()) {
            count -= Database.number(
                    connection,
                    "SELECT count(*) FROM event WHERE seq BETWEEN " + settled.from() + " AND " + settled.to() + lines);
        }
        return count;
    }

    Optional<LogRow> newest(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT + "ORDER BY seq DESC")) {
            return first(query);
        }
    }

    /** From the newest {@code started} event, which tells the state of all sensors, and each sensor's moves since. */
    Map<String, String> lastStates(Connection connection) throws SQLException {
        Map<String, String> states = new LinkedHashMap<>();
        Optional<LogRow> started = newestStart(connection);
        started.ifPresent(row -> putStates(row, states));
        long startedSeq = started.map(LogRow::seq).orElse(0L);
        for (Map.Entry<String, Long> last : lastMoves(connection).entrySet()) {
            if (last.getValue() < startedSeq && states.containsKey(last.getKey())) {
                continue;
            }
            try (PreparedStatement query = connection.prepareStatement(
                    SELECT + "WHERE sensor = ? AND seq <= ? AND " + MOVES + "ORDER BY seq DESC")) {
                query.setString(1, last.getKey());
                query.setLong(2, last.getValue());
                Optional<String> state = first(query).map(LogRow::state);
                state.ifPresent(word -> states.put(last.getKey(), word));
            }
        }
        return states;
    }

    private Optional<LogRow> newestStart(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(SELECT + "WHERE type = 'started' ORDER BY seq DESC")) {
            return first(query);
        }
    }

    private static void putStates(LogRow started, Map<String, String> states) {
        try {
            if (started.fields().get("sensors") instanceof Map<?, ?> sensors) {
                sensors.forEach((sensor, word) -> {
                    if (!"unknown".equals(word)) {
                        states.put(String.valueOf(sensor), String.valueOf(word));
                    }
                });
            }
        } catch (IOException e) {
            states.clear(); // its fields are none of this version's: the moves say what they can
        }
    }

    /** The number of each sensor's newest move, by the sensor's id. */
    private static Map<String, Long> lastMoves(Connection connection) throws SQLException {
        Map<String, Long> moves = new LinkedHashMap<>();
        try (Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery(
                        "SELECT sensor, max(seq) FROM event WHERE " + MOVES + "GROUP BY sensor ORDER BY sensor")) {
            while (rows.next()) {
                moves.put(rows.getString(1), rows.getLong(2));
            }
        }
        return moves;
    }

    private Optional<LogRow> first(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                Optional<LogRow> row = row(rows);
                if (row.isPresent()) {
                    return row;
                }
            }
            return Optional.empty();
        }
    }

    private Optional<LogRow> row(ResultSet rows) throws SQLException {
        Optional<LogRow> row = EventTable.row(rows);
        if (row.isEmpty()) {
            spoiled.tell("event log", rows.getLong(1));
        }
        return row;
    }
}
