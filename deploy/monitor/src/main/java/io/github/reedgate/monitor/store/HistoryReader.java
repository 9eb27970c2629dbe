package io.github.reedgate.monitor.store;

import io.github.reedgate.monitor.history.GatewayReport;
import io.github.reedgate.monitor.history.HistoryQuery;
import io.github.reedgate.monitor.history.HistoryRow;
import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.store.Database.Work;
import io.github.reedgate.store.ReadConnection;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the history and changes nothing in it. Used by one thread; all calls block. */
public final class HistoryReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryReader.class);

    /** Rows that PostgreSQL sends at a time. */
    private static final int FETCHED = 500;

    /** The column behind those of the event. */
    private static final int PLACE = 17;

    /** No message of an event has more characters, so that a longer text is in none. */
    private static final int LONGEST_MESSAGE = 4_096;

    private final Connection connection;
    private final Dialect dialect;
    private final Closing closing;

    /** Closes what the connection belongs to. */
    @FunctionalInterface
    private interface Closing {

        void close() throws SQLException;
    }

    private HistoryReader(Connection connection, Dialect dialect, Closing closing) {
        this.connection = connection;
        this.dialect = dialect;
        this.closing = closing;
    }

    static HistoryReader of(Connection connection) throws SQLException {
        // else PostgreSQL sends all rows at once
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        return new HistoryReader(connection, Dialect.POSTGRESQL, connection::close);
    }

    static HistoryReader of(ReadConnection file) {
        return new HistoryReader(file.connection(), Dialect.SQLITE, file::close);
    }

    /** A condition of SQL and the values of its question marks, in order. */
    private record Condition(String sql, List<Object> values) {}

    /**
     * Goes through the newest events that fit, the oldest of them first, without holding them in memory.
     *
     * @param limit how many at most
     * @param each takes each event; false if no more is wanted
     * @throws HistoryException if they can't be read
     */
    public void newest(HistoryQuery query, int limit, Predicate<HistoryRow> each) throws HistoryException {
        Condition condition = condition(query);
        List<Object> values = new ArrayList<>(condition.values());
        values.add(limit);
        events(
                "SELECT * FROM (SELECT " + EventRows.COLUMNS + ", n FROM event WHERE " + condition.sql()
                        + " ORDER BY time_ms DESC, gateway DESC, seq DESC LIMIT ?) AS newest"
                        + " ORDER BY time_ms, gateway, seq",
                values,
                each);
    }

    /**
     * Events that fit, in the order of their arrival.
     *
     * @param after only those that arrived after this place; 0 for all
     * @param limit how many at most
     * @throws HistoryException if they can't be read
     */
    public List<HistoryRow> arrived(HistoryQuery query, long after, int limit) throws HistoryException {
        Condition condition = condition(query);
        List<Object> values = new ArrayList<>(List.of(after));
        values.addAll(condition.values());
        values.add(limit);
        List<HistoryRow> found = new ArrayList<>();
        events(
                "SELECT " + EventRows.COLUMNS + ", n FROM event WHERE n > ? AND " + condition.sql()
                        + " ORDER BY n LIMIT ?",
                values,
                found::add);
        return found;
    }

    /** The place of the event that arrived last; 0 if there is none. */
    public long lastPlace() throws HistoryException {
        return number("SELECT COALESCE(MAX(n), 0) FROM event");
    }

    /** A count or another number. */
    long number(String sql) throws HistoryException {
        return read(open -> {
            try (Statement statement = open.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                return row.next() ? row.getLong(1) : 0;
            }
        });
    }

    /** What the history has of each gateway, by its id. */
    public List<GatewayReport> verify() throws HistoryException {
        return read(open -> {
            Map<String, Long> conflicts = new LinkedHashMap<>();
            try (Statement statement = open.createStatement();
                    ResultSet rows =
                            statement.executeQuery("SELECT gateway, COUNT(*) FROM conflict GROUP BY gateway")) {
                while (rows.next()) {
                    conflicts.put(rows.getString(1), rows.getLong(2));
                }
            }
            List<GatewayReport> reports = new ArrayList<>();
            Numbers.coverage(open)
                    .forEach((gateway, coverage) ->
                            reports.add(GatewayReport.of(gateway, coverage, conflicts.getOrDefault(gateway, 0L))));
            return reports;
        });
    }

    private void events(String sql, List<Object> values, Predicate<HistoryRow> each) throws HistoryException {
        read(open -> {
            try (PreparedStatement statement = open.prepareStatement(sql)) {
                statement.setFetchSize(FETCHED);
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                try (ResultSet rows = statement.executeQuery()) {
                    boolean isWanted = true;
                    while (isWanted && rows.next()) {
                        isWanted = each.test(new HistoryRow(rows.getLong(PLACE), EventRows.read(rows)));
                    }
                    return isWanted;
                }
            }
        });
    }

    private Condition condition(HistoryQuery query) {
        List<String> parts = new ArrayList<>(List.of("1 = 1"));
        List<Object> values = new ArrayList<>();
        query.since().ifPresent(time -> {
            parts.add("time_ms >= ?");
            values.add(time.toEpochMilli());
        });
        query.until().ifPresent(time -> {
            parts.add("time_ms < ?");
            values.add(time.toEpochMilli());
        });
        addOneOf("gateway", query.gateways(), parts, values);
        addOneOf("sensor", query.sensors(), parts, values);
        addOneOf("type", query.types(), parts, values);
        if (!query.text().isEmpty()) {
            boolean isPossible = query.text().length() <= LONGEST_MESSAGE;
            parts.add(isPossible ? TextPattern.condition(dialect, "message") : "1 = 0");
            if (isPossible) {
                values.add(TextPattern.of(dialect, query.text()));
            }
        }
        return new Condition(String.join(" AND ", parts), values);
    }

    private static void addOneOf(String column, Collection<String> words, List<String> parts, List<Object> values) {
        if (!words.isEmpty()) {
            parts.add(column + " IN (" + String.join(",", Collections.nCopies(words.size(), "?")) + ")");
            values.addAll(words);
        }
    }

    private <T> T read(Work<T> work) throws HistoryException {
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw new HistoryException("the history can't be read: " + e.getMessage() + "; try again", e);
        }
    }

    @Override
    public void close() {
        try {
            closing.close();
        } catch (SQLException e) {
            LOG.debug("the history was not closed in order: {}", e.toString());
        }
    }
}
