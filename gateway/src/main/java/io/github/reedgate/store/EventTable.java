package io.github.reedgate.store;

import io.github.reedgate.event.Event;
import io.github.reedgate.event.LogRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The rows of the event log: what is in which column, and its check. Stateless; the connection's owner calls it. */
final class EventTable {

    /** Makes the table. */
    static final String CREATE = """
            CREATE TABLE event (seq INTEGER PRIMARY KEY, id TEXT NOT NULL, boot INTEGER NOT NULL, time_ms INTEGER NOT NULL,
              clock_synced INTEGER NOT NULL, uptime_ms INTEGER NOT NULL, type TEXT NOT NULL, sensor TEXT, name TEXT,
              state TEXT, message TEXT NOT NULL, more TEXT, alarm INTEGER NOT NULL, crc INTEGER NOT NULL)""";

    /** The columns in the order in which {@link #row} reads them. */
    static final String COLUMNS =
            "seq, id, boot, time_ms, clock_synced, uptime_ms, type, sensor, name, state, message, more, alarm, crc";

    private static final String VALUES =
            " INTO event (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private EventTable() {}

    /**
     * A row of the log that is as it was written.
     *
     * @param event the event; its time has milliseconds, whole numbers in its fields are {@link Long}
     * @param alarm whether it was an alarm
     */
    record Row(Event event, boolean alarm) {}

    /**
     * Writes a row, anew if there is one of that number.
     *
     * @return 1 if it was not there before, else 0
     */
    static int put(Connection connection, Event event, boolean alarm) throws SQLException {
        int inserted = put(connection, "INSERT OR IGNORE", event, alarm);
        if (inserted == 0) {
            put(connection, "REPLACE", event, alarm);
        }
        return inserted;
    }

    private static int put(Connection connection, String verb, Event event, boolean alarm) throws SQLException {
        LogRow written = LogRow.of(event, alarm);
        try (PreparedStatement row = connection.prepareStatement(verb + VALUES)) {
            row.setLong(1, written.seq());
            row.setString(2, written.id());
            row.setLong(3, written.boot());
            row.setLong(4, written.time().toEpochMilli());
            row.setInt(5, written.clockSynced() ? 1 : 0);
            row.setLong(6, written.uptimeMillis());
            row.setString(7, written.type());
            row.setString(8, written.sensor());
            row.setString(9, written.name());
            row.setString(10, written.state());
            row.setString(11, written.message());
            row.setString(12, written.more());
            row.setInt(13, alarm ? 1 : 0);
            row.setLong(14, check(written));
            return row.executeUpdate();
        }
    }

    /** What the column {@code crc} has if the row is as it was written. */
    static long check(LogRow row) {
        return new RowCheck()
                .number(row.seq())
                .text(row.id())
                .number(row.boot())
                .number(row.time().toEpochMilli())
                .flag(row.clockSynced())
                .number(row.uptimeMillis())
                .text(row.type())
                .text(row.sensor())
                .text(row.name())
                .text(row.state())
                .text(row.message())
                .text(row.more())
                .flag(row.alarm())
                .value();
    }

    /** The row of a result that begins with {@link #COLUMNS}, also if it is damaged. */
    static LogRow read(ResultSet row) throws SQLException {
        return new LogRow(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getLong(5) != 0,
                row.getLong(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getString(12),
                row.getLong(13) != 0);
    }

    /** Whether a row of a result is as it was written. */
    static boolean isWhole(ResultSet row, LogRow read) throws SQLException {
        return check(read) == row.getLong(14);
    }

    /**
     * The event of a result that begins with {@link #COLUMNS}.
     *
     * @param gateway the gateway's id, which the table does not hold
     * @return empty if it is not as it was written, or its type is none of this version
     */
    static Optional<Row> row(ResultSet row, String gateway) throws SQLException {
        LogRow read = read(row);
        return isWhole(row, read) ? read.event(gateway).map(event -> new Row(event, read.alarm())) : Optional.empty();
    }
}
