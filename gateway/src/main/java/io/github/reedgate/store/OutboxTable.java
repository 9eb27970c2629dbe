package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Priority;
import io.github.reedgate.json.Json;
import io.github.reedgate.message.EventNumber;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.QoS;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
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
        // whatever is read from here later was late
        Message message = Messages.replayed(entry.message());
        String[] texts = {
            message.topic(), message.payload(), message.contentType(), Json.write(message.userProperties())
        };
        boolean alarm = entry.priority() == Priority.ALARM;
        long seq = EventNumber.of(message);
        try (PreparedStatement row = connection.prepareStatement(verb + VALUES)) {
            row.setLong(1, entry.id());
            for (int i = 0; i < texts.length; i++) {
                row.setString(i + 2, texts[i]);
            }
            row.setInt(6, alarm ? 1 : 0);
            row.setLong(7, seq);
            row.setLong(8, check(entry.id(), utf8(texts), alarm, seq));
            return row.executeUpdate();
        }
    }

    /** The row of a result that has {@link #COLUMNS}; empty if it is not as it was written. */
    static Optional<Outbox.Entry> row(ResultSet row) throws SQLException {
        byte[][] texts = new byte[4][];
        for (int i = 0; i < texts.length; i++) {
            byte[] text = row.getBytes(i + 2);
            if (text == null) {
                return Optional.empty();
            }
            texts[i] = text;
        }
        long id = row.getLong(1);
        boolean alarm = row.getLong(6) != 0;
        if (check(id, texts, alarm, row.getLong(7)) != row.getLong(8)) {
            return Optional.empty();
        }
        try {
            Message message = new Message(
                    text(texts[0]),
                    text(texts[1]),
                    QoS.AT_LEAST_ONCE,
                    false,
                    text(texts[2]),
                    Json.readTexts(text(texts[3])));
            return Optional.of(new Outbox.Entry(id, message, alarm ? Priority.ALARM : Priority.ROUTINE));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[][] utf8(String[] texts) {
        byte[][] bytes = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            bytes[i] = texts[i].getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static long check(long id, byte[][] texts, boolean alarm, long seq) {
        RowCheck check = new RowCheck().number(id);
        for (byte[] text : texts) {
            check.utf8(text);
        }
        return check.flag(alarm).number(seq).value();
    }
}
