package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import io.github.reedgate.message.EventNumber;
import io.github.reedgate.message.Messages;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Corrects what one start stamped before its clock was set, from the uptime of each event. Waiting messages come first, as
 * they find the uptime in the log's rows that are not corrected yet. A page at a time, so that a long log is not one transaction.
 *
 * @param boot which start
 * @param wallMillisAtUptimeZero wall time at which its uptime was 0
 * @param zone zone of the clock times in alarm lines
 */
record ClockCorrection(long boot, long wallMillisAtUptimeZero, ZoneId zone) implements Correction {

    /** A correction by which alarm lines tell the time of this machine's zone. */
    static ClockCorrection here(long boot, long wallMillisAtUptimeZero) {
        return new ClockCorrection(boot, wallMillisAtUptimeZero, ZoneId.systemDefault());
    }

    private Instant corrected(Event.Stamp stamp) {
        return Instant.ofEpochMilli(wallMillisAtUptimeZero + stamp.uptimeMillis());
    }

    @Override
    public long messages(Connection open, String gateway, long afterId) throws SQLException {
        List<Outbox.Entry> page = new ArrayList<>();
        OutboxQueries waiting = new OutboxQueries(new SpoiledRows());
        waiting.each(open, afterId, PAGE, page::add);
        for (Outbox.Entry entry : page) {
            Optional<Event> event = event(open, gateway, EventNumber.of(entry.message()));
            if (event.isPresent()) {
                OutboxTable.put(open, corrected(entry, event.get()));
            }
        }
        return page.size() < PAGE ? -1 : page.get(PAGE - 1).id();
    }

    /** The event of a message, if it is one to be corrected. */
    private Optional<Event> event(Connection open, String gateway, long seq) throws SQLException {
        try (PreparedStatement query = open.prepareStatement(
                "SELECT " + EventTable.COLUMNS + " FROM event WHERE seq = ? AND boot = ? AND clock_synced = 0")) {
            query.setLong(1, seq);
            query.setLong(2, boot);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? EventTable.row(row, gateway).map(EventTable.Row::event) : Optional.empty();
            }
        }
    }

    @Override
    public long firstEvent() {
        return 0;
    }

    @Override
    public void finish(Connection open, String left) {
        // one that was cut off is not begun again: which start it was is not known any more
    }

    @Override
    public long events(Connection open, String gateway, long afterSeq) throws SQLException {
        List<EventTable.Row> page = new ArrayList<>();
        long last = afterSeq;
        int count = 0;
        try (PreparedStatement query = open.prepareStatement("SELECT " + EventTable.COLUMNS
                + " FROM event WHERE seq > ? AND boot = ? AND clock_synced = 0 ORDER BY seq LIMIT " + PAGE)) {
            query.setLong(1, afterSeq);
            query.setLong(2, boot);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    count++;
                    last = rows.getLong(1);
                    EventTable.row(rows, gateway).ifPresent(page::add);
                }
            }
        }
        for (EventTable.Row row : page) {
            EventTable.put(open, corrected(row.event()), row.alarm());
        }
        return count < PAGE ? -1 : last;
    }

    @Override
    public boolean concerns(Event event) {
        return event.stamp().boot() == boot && !event.stamp().clockSynced();
    }

    @Override
    public Outbox.Entry corrected(Outbox.Entry entry, @Nullable Event event) {
        if (event == null) {
            return entry;
        }
        Instant time = corrected(event.stamp());
        return new Outbox.Entry(entry.id(), Messages.corrected(entry.message(), time, zone), entry.priority());
    }

    @Override
    public Event corrected(Event event) {
        Event.Stamp stamp = event.stamp();
        return event.with(
                new Event.Stamp(stamp.id(), stamp.seq(), stamp.boot(), corrected(stamp), true, stamp.uptimeMillis()));
    }
}
