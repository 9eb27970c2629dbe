package io.github.reedgate.monitor.store;

import io.github.reedgate.monitor.record.PresentValue;
import io.github.reedgate.monitor.record.RawMessage;
import io.github.reedgate.monitor.record.RejectedMessage;
import io.github.reedgate.store.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes the present values of topics to the table {@code present}, up to a number of topics. Used for one transaction. */
final class PresentRows {

    private final Connection connection;
    private final int most;
    private final List<RejectedMessage> refused = new ArrayList<>();
    private long room;
    private boolean isCounted;

    private PresentRows(Connection connection, int most) {
        this.connection = connection;
        this.most = most;
    }

    /**
     * Stores values within the caller's transaction.
     *
     * @param most how many topics the table has at most
     * @return the rejection of each value whose topic is one too many, in order
     */
    static List<RejectedMessage> store(Connection connection, List<PresentValue> values, int most) throws SQLException {
        PresentRows rows = new PresentRows(connection, most);
        if (!values.isEmpty()) {
            rows.store(values);
        }
        return rows.refused;
    }

    private void store(List<PresentValue> values) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM present WHERE topic = ?");
                PreparedStatement update =
                        connection.prepareStatement("UPDATE present SET payload = ?, received_ms = ? WHERE topic = ?");
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO present (topic, gateway, name, payload, received_ms) VALUES (?, ?, ?, ?, ?)")) {
            for (PresentValue value : values) {
                if (value.payload().isEmpty()) {
                    delete.setString(1, value.topic());
                    room += delete.executeUpdate();
                } else if (!update(update, value)) {
                    insert(insert, value);
                }
            }
        }
    }

    private static boolean update(PreparedStatement update, PresentValue value) throws SQLException {
        update.setString(1, value.payload());
        update.setLong(2, value.receivedMillis());
        update.setString(3, value.topic());
        return update.executeUpdate() > 0;
    }

    private void insert(PreparedStatement insert, PresentValue value) throws SQLException {
        if (!isCounted) {
            // only for a new topic: most transactions have none
            isCounted = true;
            room = most - Database.number(connection, "SELECT COUNT(*) FROM present");
        }
        if (room <= 0) {
            RawMessage message = new RawMessage(
                    value.topic(), value.payload().getBytes(StandardCharsets.UTF_8), value.receivedMillis());
            refused.add(RejectedMessage.of(message, "the history has values of " + most + " topics, this is one more"));
            return;
        }
        room--;
        insert.setString(1, value.topic());
        insert.setString(2, value.gateway());
        insert.setString(3, value.name());
        insert.setString(4, value.payload());
        insert.setLong(5, value.receivedMillis());
        insert.executeUpdate();
    }
}
