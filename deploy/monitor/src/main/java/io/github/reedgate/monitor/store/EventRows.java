package io.github.reedgate.monitor.store;

import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.monitor.record.RecordedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes events to rows of the table {@code event}, and reads them. Stateless. */
final class EventRows {

    /** The columns that hold an event, in the order of {@link #bind}. */
    static final String COLUMNS = "gateway, seq, id, boot, time_ms, clock_synced, uptime_ms, type, sensor, name, state,"
            + " incident, message, replayed, more, received_ms";

    private static final String INSERT = "INSERT INTO event (" + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

    private EventRows() {}

    /** Inserts those that are not there; returns how many rows each made: 1 or 0. */
    static int[] insert(Connection connection, List<RecordedEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return new int[0];
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (RecordedEvent event : events) {
                bind(insert, event);
                insert.addBatch();
            }
            return insert.executeBatch();
        }
    }

    private static void bind(PreparedStatement insert, RecordedEvent event) throws SQLException {
        insert.setString(1, event.gateway());
        insert.setLong(2, event.seq());
        insert.setString(3, event.id());
        insert.setLong(4, event.boot());
        insert.setLong(5, event.timeMillis());
        insert.setInt(6, event.clockSynced() ? 1 : 0);
        insert.setLong(7, event.uptimeMillis());
        insert.setString(8, event.type());
        insert.setString(9, event.sensor());
        insert.setString(10, event.name());
        insert.setString(11, event.state());
        insert.setString(12, event.incident());
        insert.setString(13, event.message());
        insert.setInt(14, event.replayed() ? 1 : 0);
        insert.setString(15, event.more());
        insert.setLong(16, event.receivedMillis());
    }

    /** The event of a gateway with a number. */
    static Optional<RecordedEvent> find(Connection connection, String gateway, long seq) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT " + COLUMNS + " FROM event WHERE gateway = ? AND seq = ?")) {
            query.setString(1, gateway);
            query.setLong(2, seq);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.of(read(rows)) : Optional.empty();
            }
        }
    }

    /** The event in the present row, whose columns are {@link #COLUMNS}. */
    static RecordedEvent read(ResultSet row) throws SQLException {
        return new RecordedEvent(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getInt(6) != 0,
                row.getLong(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                row.getString(13),
                row.getInt(14) != 0,
                row.getString(15),
                NumberRange.NONE,
                row.getLong(16));
    }
}
