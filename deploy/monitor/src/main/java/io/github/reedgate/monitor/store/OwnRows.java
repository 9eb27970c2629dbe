package io.github.reedgate.monitor.store;

import io.github.reedgate.json.Json;
import io.github.reedgate.monitor.record.History.NumberedEvent;
import io.github.reedgate.monitor.record.OwnEvent;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the monitor's own events. Stateless. */
final class OwnRows {

    private OwnRows() {}

    /** The event in the present row: seq, id, type, gateway, message, more, time_ms. */
    static NumberedEvent read(ResultSet row) throws SQLException {
        try {
            OwnEvent event = new OwnEvent(
                    OwnEvent.Type.valueOf(row.getString(3)),
                    row.getString(4),
                    row.getString(5),
                    Json.read(row.getString(6)),
                    row.getLong(7));
            return new NumberedEvent(row.getLong(1), row.getString(2), event);
        } catch (IOException | IllegalArgumentException e) {
            throw new SQLException("own event " + row.getLong(1) + " is none that this version wrote", e);
        }
    }
}
