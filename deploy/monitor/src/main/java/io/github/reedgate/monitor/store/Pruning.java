package io.github.reedgate.monitor.store;

import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.monitor.record.Pruned;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Removes the oldest events beyond the bounds, and notes up to which number each gateway's are gone. Each call removes some
 * thousands at most, so that recording does not wait for it. Owned by the recorder's thread.
 */
final class Pruning {

    private static final int MOST_EVENTS = 5_000;
    private static final String OLDEST =
            "SELECT n, gateway, seq, received_ms FROM event ORDER BY n LIMIT " + MOST_EVENTS;

    private final Bounds bounds;

    Pruning(Bounds bounds) {
        this.bounds = bounds;
    }

    /**
     * Prunes once, within the caller's transaction.
     *
     * @param isTooLarge whether the events take more than they may
     * @return which events were removed
     */
    Pruned run(Connection connection, boolean isTooLarge, long nowMillis) throws SQLException {
        keepNewestOwn(connection);
        long oldest = nowMillis - bounds.maxAge().toMillis();
        return events(connection, isTooLarge ? Long.MAX_VALUE : oldest);
    }

    private static Pruned events(Connection connection, long before) throws SQLException {
        Map<String, NumberRange> gone = new LinkedHashMap<>();
        long last = -1;
        long count = 0;
        try (PreparedStatement query = connection.prepareStatement(OLDEST);
                ResultSet rows = query.executeQuery()) {
            while (rows.next() && rows.getLong(4) < before) {
                last = rows.getLong(1);
                count++;
                long seq = rows.getLong(3);
                gone.merge(
                        rows.getString(2),
                        new NumberRange(1, seq),
                        (one, other) -> new NumberRange(1, Math.max(one.to(), other.to())));
            }
        }
        if (last >= 0) {
            delete(connection, "DELETE FROM event WHERE n <= ?", last);
            note(connection, gone);
            forgetUnused(connection, gone);
        }
        return new Pruned(count, gone, 0, 0);
    }

    private static void note(Connection connection, Map<String, NumberRange> gone) throws SQLException {
        try (PreparedStatement note = connection.prepareStatement("UPDATE gateway SET pruned_to = CASE WHEN pruned_to <"
                + " ? THEN ? ELSE pruned_to END WHERE gateway = ?")) {
            for (Map.Entry<String, NumberRange> each : gone.entrySet()) {
                note.setLong(1, each.getValue().to());
                note.setLong(2, each.getValue().to());
                note.setString(3, each.getKey());
                note.addBatch();
            }
            note.executeBatch();
        }
    }

    /** Numbers up to the pruned ones are gone whether or not they were used, so the table {@code unused} grows no further. */
    private static void forgetUnused(Connection connection, Map<String, NumberRange> gone) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM unused WHERE gateway = ? AND to_seq <= ?")) {
            for (Map.Entry<String, NumberRange> each : gone.entrySet()) {
                delete.setString(1, each.getKey());
                delete.setLong(2, each.getValue().to());
                delete.addBatch();
            }
            delete.executeBatch();
        }
    }

    private static void keepNewestOwn(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT seq FROM own_event ORDER BY seq DESC LIMIT 1 OFFSET " + Bounds.MOST_ROWS);
                ResultSet rows = query.executeQuery()) {
            if (rows.next()) {
                delete(connection, "DELETE FROM own_event WHERE seq <= ?", rows.getLong(1));
            }
        }
    }

    private static void delete(Connection connection, String sql, long upTo) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, upTo);
            delete.executeUpdate();
        }
    }
}
