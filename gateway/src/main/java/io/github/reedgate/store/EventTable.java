package io.github.reedgate.store;

import io.github.reedgate.json.Json;
import io.github.reedgate.message.EventRecord;
import io.github.reedgate.message.EventType;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    private static final Set<String> TYPES = Set.of(
            java.util.Arrays.stream(EventType.values()).map(EventType::word).toArray(String[]::new));

    private EventTable() {}

    /**
     * A row of the log that is as it was written.
     *
     * @param event the event; its time has milliseconds, whole numbers in its fields are {@link Long}
     * @param alarm whether it was an alarm
     */
    record Row(EventRecord event, boolean alarm) {}

    /**
     * Writes a row, anew if there is one of that number.
     *
     * @return 1 if it was not there before, else 0
     */
    static int put(Connection connection, EventRecord event, boolean alarm) throws SQLException {
        int inserted = put(connection, "INSERT OR IGNORE", event, alarm);
        if (inserted == 0) {
            put(connection, "REPLACE", event, alarm);
        }
        return inserted;
    }

    private static int put(Connection connection, String verb, EventRecord event, boolean alarm) throws SQLException {
        EventRecord.Stamp stamp = event.stamp();
        String more = event.more().isEmpty() ? null : Json.write(event.more());
        try (PreparedStatement row = connection.prepareStatement(verb + VALUES)) {
            row.setLong(1, stamp.seq());
            row.setString(2, stamp.id());
            row.setLong(3, stamp.boot());
            row.setLong(4, stamp.time().toEpochMilli());
            row.setInt(5, stamp.clockSynced() ? 1 : 0);
            row.setLong(6, stamp.uptimeMillis());
            row.setString(7, event.type().word());
            row.setString(8, event.sensor());
            row.setString(9, event.name());
            row.setString(10, event.state());
            row.setString(11, event.message());
            row.setString(12, more);
            row.setInt(13, alarm ? 1 : 0);
            row.setLong(14, check(event, more, alarm));
            return row.executeUpdate();
        }
    }

    private static long check(EventRecord event, @Nullable String more, boolean alarm) {
        EventRecord.Stamp stamp = event.stamp();
        return new RowCheck()
                .number(stamp.seq())
                .text(stamp.id())
                .number(stamp.boot())
                .number(stamp.time().toEpochMilli())
                .flag(stamp.clockSynced())
                .number(stamp.uptimeMillis())
                .text(event.type().word())
                .text(event.sensor())
                .text(event.name())
                .text(event.state())
                .text(event.message())
                .text(more)
                .flag(alarm)
                .value();
    }

    /**
     * The row of a result that has {@link #COLUMNS}.
     *
     * @param gateway the gateway's id, which the table does not hold
     * @return empty if it is not as it was written, or its type is none of this version
     */
    static Optional<Row> row(ResultSet row, String gateway) throws SQLException {
        String word = row.getString(7);
        if (word == null || !TYPES.contains(word)) {
            return Optional.empty();
        }
        String more = row.getString(12);
        boolean alarm = row.getLong(13) != 0;
        EventRecord plain = new EventRecord(
                EventType.valueOf(word.toUpperCase(Locale.ROOT)),
                new EventRecord.Stamp(
                        row.getString(2),
                        row.getLong(1),
                        row.getLong(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getLong(5) != 0,
                        row.getLong(6)),
                gateway,
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                Map.of());
        if (check(plain, more, alarm) != row.getLong(14)) {
            return Optional.empty();
        }
        return more == null ? Optional.of(new Row(plain, alarm)) : withFields(plain, more, alarm);
    }

    private static Optional<Row> withFields(EventRecord event, String more, boolean alarm) {
        try {
            return Optional.of(new Row(
                    new EventRecord(
                            event.type(),
                            event.stamp(),
                            event.gateway(),
                            event.sensor(),
                            event.name(),
                            event.state(),
                            event.message(),
                            Json.read(more)),
                    alarm));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
