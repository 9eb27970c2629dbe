package io.github.reedgate.store;

import io.github.reedgate.event.LogRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Corrects what one start stamped before its clock was set, from the uptime of each event. A page at a time, so that a long log is not one
 * transaction. Immutable.
 *
 * @param boot which start
 * @param wallMillisAtUptimeZero wall time at which its uptime was 0
 */
record ClockCorrection(long boot, long wallMillisAtUptimeZero) implements Correction {

    @Override
    public long first() {
        return 0;
    }

    @Override
    public long events(Connection open, long afterSeq) throws SQLException {
        List<LogRow> page = new ArrayList<>();
        int count = 0;
        long last = afterSeq;
        try (PreparedStatement query = open.prepareStatement("SELECT " + EventTable.COLUMNS
                + " FROM event WHERE seq > ? AND boot = ? AND clock_synced = 0 ORDER BY seq LIMIT " + PAGE)) {
            query.setLong(1, afterSeq);
            query.setLong(2, boot);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    count++;
                    last = rows.getLong(1);
                    EventTable.row(rows).ifPresent(page::add);
                }
            }
        }
        for (LogRow row : page) {
            EventTable.put(open, corrected(row));
        }
        return count < PAGE ? END : last;
    }

    @Override
    public void finish(Connection open, String left) {
        // the rows themselves say that they are corrected
    }

    @Override
    public boolean concerns(LogRow row) {
        return row.boot() == boot && !row.clockSynced();
    }

    @Override
    public LogRow corrected(LogRow row) {
        return row.at(Instant.ofEpochMilli(wallMillisAtUptimeZero + row.uptimeMillis()));
    }
}
