package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.message.Importance;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The rows of what waits for the broker. Stateless; the connection's owner calls it. */
final class OutboxTable {

    /** Makes the table. */
    static final String CREATE = """
            CREATE TABLE outbox (id INTEGER PRIMARY KEY, topic TEXT NOT NULL, payload TEXT NOT NULL,
              content_type TEXT NOT NULL, properties TEXT NOT NULL, alarm INTEGER NOT NULL, seq INTEGER NOT NULL,
              crc INTEGER NOT NULL)""";

    /** The columns in the order in which {@link #row} reads them. */
    static final String COLUMNS = "id, topic, payload, content_type, properties, alarm, seq, crc";

    private static final String VALUES = " INTO outbox (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

    private OutboxTable() {}

    /** The number of the event that a message tells; 0 if it tells none. */
    static long seq(Message message) {
        String seq = message.userProperties().get("seq");
        try {
            return seq == null ? 0 : Long.parseLong(seq);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /**
     * Writes a row, anew if there is one of that id.
     *
     * @return 1 if it was not there before, else 0
     */
    static int put(Connection connection, Outbox.Entry entry) throws SQLException {
        int inserted = put(connection, "INSERT OR IGNORE", entry);
        if (inserted == 0) {
            put(connection, "REPLACE", entry);
        }
        return inserted;
    }

    private static int put(Connection connection, String verb, Outbox.Entry entry) throws SQLException {
        Message message = entry.message();
        String properties = JsonFields.write(message.userProperties());
        boolean alarm = entry.importance() == Importance.ALARM;
        long seq = seq(message);
        try (PreparedStatement row = connection.prepareStatement(verb + VALUES)) {
            row.setLong(1, entry.id());
            row.setString(2, message.topic());
            row.setString(3, message.payload());
            row.setString(4, message.contentType());
            row.setString(5, properties);
            row.setInt(6, alarm ? 1 : 0);
            row.setLong(7, seq);
            row.setLong(8, check(entry, properties, seq));
            return row.executeUpdate();
        }
    }

    private static long check(Outbox.Entry entry, String properties, long seq) {
        Message message = entry.message();
        return new RowCheck()
                .number(entry.id())
                .text(message.topic())
                .text(message.payload())
                .text(message.contentType())
                .text(properties)
                .flag(entry.importance() == Importance.ALARM)
                .number(seq)
                .value();
    }

    /** The row of a result that has {@link #COLUMNS}; empty if it is not as it was written. */
    static Optional<Outbox.Entry> row(ResultSet row) throws SQLException {
        String topic = row.getString(2);
        String payload = row.getString(3);
        String contentType = row.getString(4);
        String properties = row.getString(5);
        if (topic == null || payload == null || contentType == null || properties == null) {
            return Optional.empty();
        }
        Importance importance = row.getLong(6) == 0 ? Importance.ROUTINE : Importance.ALARM;
        try {
            Map<String, String> named = new LinkedHashMap<>();
            JsonFields.read(properties).forEach((name, value) -> named.put(name, String.valueOf(value)));
            Outbox.Entry entry = new Outbox.Entry(
                    row.getLong(1),
                    new Message(topic, payload, QoS.AT_LEAST_ONCE, false, contentType, named),
                    importance);
            return check(entry, properties, row.getLong(7)) == row.getLong(8) ? Optional.of(entry) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
