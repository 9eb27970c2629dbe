package io.github.reedgate.store;

import io.github.reedgate.event.LogRow;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a gateway's store beside the gateway, which may run or not: nothing in it is changed and no lock is taken that would keep
 * the gateway waiting; the folder may be one that this user can't write. Each call sees what was
 * committed before it. Used by one thread; all calls block on the file system.
 *
 * <p>While the file {@code -wal} is there, somebody writes or was cut off: it is read along with its index, which is then
 * mapped read-only. Without it the gateway has stopped in order, and the file alone is all.
 */
public final class EventLog implements AutoCloseable {

    private static final int ATTEMPTS = 5;
    private static final String COUNTS = "SELECT coalesce(sum(alarm <> 0), 0), coalesce(sum(alarm = 0), 0) FROM outbox";
    private static final String WAITING = "SELECT o.topic, {o} AS seq, e.time_ms, e.clock_synced, CASE WHEN"
            + " json_valid(o.properties) THEN json_extract(o.properties, '$.time') END AS property_time FROM outbox o"
            + " LEFT JOIN event e ON {e} = {o} AND o.seq > 0 ORDER BY o.id ";

    private final Path file;
    private final Object identity;
    private ReadConnection connection;

    private EventLog(Path file, Object identity, ReadConnection connection) {
        this.file = file;
        this.identity = identity;
        this.connection = connection;
    }

    /**
     * Opens the store in a folder.
     *
     * @param folder the gateway's state folder
     * @throws LogException if it is missing, damaged, of a newer version or not to be read by this user; says what to do
     */
    public static EventLog open(Path folder) throws LogException {
        Path file = folder.resolve(StoreFile.NAME);
        Object identity = ReadTrouble.identity(file);
        return new EventLog(file, identity, connect(file));
    }

    private static ReadConnection connect(Path file) throws LogException {
        for (int attempt = 1; ; attempt++) {
            try {
                return ReadConnection.open(file);
            } catch (SQLException e) {
                // The gateway may have stopped, or started, between the look at its files and the opening.
                if (attempt == ATTEMPTS || !ReadTrouble.isOpening(e)) {
                    throw ReadTrouble.of(file, e);
                }
            }
        }
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** Equal for two readers exactly if they read the same store: a new one at the same place has another. */
    public Object identity() {
        return identity;
    }

    /**
     * Some events.
     *
     * @param events those that are whole, in the order of their numbers
     * @param damaged numbers of those whose check sum is wrong; they are left out
     * @param last number of the last row that was looked at; 0 if there was none
     * @param isEnd whether nothing more is in the range
     */
    public record Page(List<LogRow> events, List<Long> damaged, long last, boolean isEnd) {}

    /**
     * Reads events, those with the lowest numbers first.
     *
     * @param query which
     * @param after only those with a higher number; 0 for all
     * @param to only those up to this number
     * @param limit how many at most, from 1
     */
    public Page events(EventQuery query, long after, long to, int limit) throws LogException {
        EventQuery.Condition condition = query.condition();
        List<Object> values = new ArrayList<>(List.of(after, to));
        values.addAll(condition.values());
        values.add(limit);
        return read(store -> {
            String number = number(store, "seq");
            String sql = "SELECT " + EventTable.COLUMNS + ", " + number + " AS number FROM event WHERE " + number
                    + " > ? AND " + number + " <= ? AND " + condition.sql() + " ORDER BY seq LIMIT ?";
            return store.ask(sql, values, rows -> page(rows, limit));
        });
    }

    /** A column of numbers; while these are being changed, an expression that gives the new ones. */
    private static String number(ReadConnection store, String column) throws SQLException {
        String note = store.ask(
                "SELECT value FROM meta WHERE key = ?",
                List.of(Renumbering.NOTE),
                rows -> rows.next() ? Layout.unchecked(rows.getString(1)) : "");
        return Renumbering.sql(Renumbering.noted(note), column);
    }

    private static Page page(ResultSet rows, int limit) throws SQLException {
        List<LogRow> events = new ArrayList<>();
        List<Long> damaged = new ArrayList<>();
        long last = 0;
        while (rows.next()) {
            last = rows.getLong("number");
            LogRow event = EventTable.read(rows);
            if (EventTable.isWhole(rows, event)) {
                events.add(event.numbered(last));
            } else {
                damaged.add(last);
            }
        }
        return new Page(events, damaged, last, events.size() + damaged.size() < limit);
    }

    /** The highest number in the log; 0 if it is empty. */
    public long newest() throws LogException {
        return read(store -> store.ask(
                "SELECT " + number(store, "seq") + " FROM event ORDER BY seq DESC LIMIT 1",
                List.of(),
                rows -> rows.next() ? rows.getLong(1) : 0L));
    }

    /**
     * The number behind which the newest events begin.
     *
     * @param query which events count
     * @param to only those up to this number
     * @param count how many are wanted, from 1
     * @return a number for {@link #events}; 0 if there are no more than that
     */
    public long startOfNewest(EventQuery query, long to, int count) throws LogException {
        EventQuery.Condition condition = query.condition();
        List<Object> values = new ArrayList<>(List.of(to));
        values.addAll(condition.values());
        values.add(count);
        return read(store -> {
            String number = number(store, "seq");
            String sql = "SELECT " + number + " FROM event WHERE " + number + " <= ? AND " + condition.sql()
                    + " ORDER BY seq DESC LIMIT 1 OFFSET ?";
            return store.ask(sql, values, rows -> rows.next() ? rows.getLong(1) : 0L);
        });
    }

    /** The ids of sensors that the log has events of, in alphabetical order; 100 at most. */
    public List<String> sensors() throws LogException {
        String sql = "SELECT DISTINCT sensor FROM event WHERE sensor IS NOT NULL ORDER BY sensor LIMIT 100";
        return read(store -> store.ask(sql, List.of(), rows -> {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }));
    }

    /** What waits for the broker. */
    public Backlog backlog() throws LogException {
        try {
            long bytes = ReadConnection.bytes(file);
            return read(store -> {
                String waiting = WAITING.replace("{o}", number(store, "o.seq")).replace("{e}", number(store, "e.seq"));
                long[] counts = store.ask(COUNTS, List.of(), EventLog::counts);
                return new Backlog(
                        counts[0],
                        counts[1],
                        store.ask(waiting + "LIMIT 1", List.of(), EventLog::waiting),
                        store.ask(waiting + "DESC LIMIT 1", List.of(), EventLog::waiting),
                        bytes,
                        store.ask("SELECT key, value FROM meta LIMIT 100", List.of(), EventLog::notes));
            });
        } catch (IOException e) {
            throw new LogException(file + " can't be measured: " + e, e);
        }
    }

    private static long[] counts(ResultSet row) throws SQLException {
        return row.next() ? new long[] {row.getLong(1), row.getLong(2)} : new long[2];
    }

    private static Optional<Backlog.Waiting> waiting(ResultSet row) throws SQLException {
        if (!row.next()) {
            return Optional.empty();
        }
        String topic = row.getString("topic");
        long millis = row.getLong("time_ms");
        boolean hasEvent = !row.wasNull();
        return Optional.of(new Backlog.Waiting(
                topic == null ? "" : topic,
                row.getLong("seq"),
                hasEvent ? Optional.of(Instant.ofEpochMilli(millis)) : time(row.getString("property_time")),
                !hasEvent || row.getLong("clock_synced") != 0));
    }

    private static Optional<Instant> time(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> notes(ResultSet rows) throws SQLException {
        Map<String, String> notes = new HashMap<>();
        while (rows.next()) {
            String value = Layout.unchecked(rows.getString(2));
            if (!value.isEmpty()) {
                notes.put(rows.getString(1), value);
            }
        }
        return notes;
    }

    private <T> T read(ReadConnection.Look<T> look) throws LogException {
        try {
            T found = connection.look(look);
            if (!connection.isOutdated()) {
                return found;
            }
        } catch (SQLException e) {
            if (!connection.isOutdated()) {
                throw ReadTrouble.of(file, e);
            }
        }
        // The gateway was started since: once more, and this time together with what it writes.
        close();
        connection = connect(file);
        try {
            return connection.look(look);
        } catch (SQLException e) {
            throw ReadTrouble.of(file, e);
        }
    }

    @Override
    public void close() throws LogException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw ReadTrouble.of(file, e);
        }
    }
}
