package io.github.reedgate.store;

import io.github.reedgate.event.Event;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
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

    List<Event> from(Connection connection, String gateway, long seq, int limit) throws SQLException {
        List<Event> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(SELECT + "WHERE seq >= ? ORDER BY seq")) {
            query.setLong(1, seq);
            try (ResultSet rows = query.executeQuery()) {
                while (found.size() < limit && rows.next()) {
                    row(rows, gateway).ifPresent(row -> found.add(row.event()));
                }
            }
        }
        return found;
    }

    /** The undamaged rows of a range, lowest number first. */
    List<LogRow> rows(Connection connection, SeqRange range, int limit) throws SQLException {
        List<LogRow> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(SELECT + "WHERE seq BETWEEN ? AND ? ORDER BY seq")) {
            query.setLong(1, range.from());
            query.setLong(2, range.to());
            try (ResultSet rows = query.executeQuery()) {
                while (found.size() < limit && rows.next()) {
                    LogRow row = EventTable.read(rows);
                    if (EventTable.isWhole(rows, row)) {
                        found.add(row);
                    } else {
                        spoiled.tell("event log", rows.getLong(1));
                    }
                }
            }
        }
        return found;
    }

    Optional<Event> newest(Connection connection, String gateway) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT + "ORDER BY seq DESC")) {
            return first(query, gateway);
        }
    }

    /** From the newest {@code started} event, which tells the state of all sensors, and each sensor's moves since. */
    Map<String, String> lastStates(Connection connection, String gateway) throws SQLException {
        Map<String, String> states = new LinkedHashMap<>();
        Optional<Event> started = newestStart(connection, gateway);
        started.ifPresent(event -> putStates(event, states));
        long startedSeq = started.map(event -> event.stamp().seq()).orElse(0L);
        for (Map.Entry<String, Long> last : lastMoves(connection).entrySet()) {
            if (last.getValue() < startedSeq && states.containsKey(last.getKey())) {
                continue;
            }
            try (PreparedStatement query = connection.prepareStatement(
                    SELECT + "WHERE sensor = ? AND seq <= ? AND " + MOVES + "ORDER BY seq DESC")) {
                query.setString(1, last.getKey());
                query.setLong(2, last.getValue());
                Optional<String> state = first(query, gateway).map(Event::state);
                state.ifPresent(word -> states.put(last.getKey(), word));
            }
        }
        return states;
    }

    private Optional<Event> newestStart(Connection connection, String gateway) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement(SELECT + "WHERE type = 'started' ORDER BY seq DESC")) {
            return first(query, gateway);
        }
    }

    private static void putStates(Event started, Map<String, String> states) {
        if (started.more().get("sensors") instanceof Map<?, ?> sensors) {
            sensors.forEach((sensor, word) -> {
                if (!"unknown".equals(word)) {
                    states.put(String.valueOf(sensor), String.valueOf(word));
                }
            });
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

    private Optional<Event> first(PreparedStatement query, String gateway) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                Optional<EventTable.Row> row = row(rows, gateway);
                if (row.isPresent()) {
                    return row.map(EventTable.Row::event);
                }
            }
            return Optional.empty();
        }
    }

    private Optional<EventTable.Row> row(ResultSet rows, String gateway) throws SQLException {
        Optional<EventTable.Row> row = EventTable.row(rows, gateway);
        if (row.isEmpty()) {
            spoiled.tell("event log", rows.getLong(1));
        }
        return row;
    }
}
