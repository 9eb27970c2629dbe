package io.github.reedgate.store;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.Priority;
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
     * Writes a row, anew if there is one of that number.
     *
     * @return 1 if it was not there before, else 0
     */
    static int put(Connection connection, LogRow row) throws SQLException {
        int inserted = add(connection, row);
        if (inserted == 0) {
            put(connection, "REPLACE", row);
        }
        return inserted;
    }

    /** Writes a row unless there is one of that number; returns 1 if it was written, else 0. */
    static int add(Connection connection, LogRow row) throws SQLException {
        return put(connection, "INSERT OR IGNORE", row);
    }

    private static int put(Connection connection, String verb, LogRow written) throws SQLException {
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
            row.setInt(13, number(written.priority()));
            row.setLong(14, check(written));
            return row.executeUpdate();
        }
    }

    /** A priority in the column {@code alarm}. */
    private static int number(Priority priority) {
        return switch (priority) {
            case ROUTINE -> 0;
            case IMPORTANT -> 1;
            case ALARM -> 2;
        };
    }

    private static Priority priority(long number) {
        if (number == 0) {
            return Priority.ROUTINE;
        }
        return number == 2 ? Priority.ALARM : Priority.IMPORTANT;
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
                .number(number(row.priority()))
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
                priority(row.getLong(13)));
    }

    /** Whether a row of a result is as it was written. */
    static boolean isWhole(ResultSet row, LogRow read) throws SQLException {
        return check(read) == row.getLong(14);
    }

    /** The row of a result that begins with {@link #COLUMNS}; empty if it is not as it was written. */
    static Optional<LogRow> row(ResultSet row) throws SQLException {
        LogRow read = read(row);
        return isWhole(row, read) ? Optional.of(read) : Optional.empty();
    }
}
