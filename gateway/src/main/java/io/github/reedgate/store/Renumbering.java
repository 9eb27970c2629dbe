package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.message.EventNumber;
import io.github.reedgate.message.EventRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives events new numbers, and the messages that still tell them: the old ones were used before, with another content. All of it
 * in one transaction, so that no number is missing or there twice after a power cut. Ids stay.
 *
 * @param fromSeq the lowest number that is not to be used
 * @param toSeq the highest
 * @param by what is added to each; so much that no new number is one of the old
 */
record Renumbering(long fromSeq, long toSeq, long by) implements Correction {

    private static final int PAGE = 500;

    @Override
    public void apply(Database database, String gateway) throws StoreException {
        database.write("renumbering events", open -> {
            for (long after = 0; after >= 0; ) {
                after = messages(open, after);
            }
            for (long after = fromSeq - 1; after >= 0; ) {
                after = events(open, gateway, after);
            }
            return 0;
        });
    }

    /** Renumbers a page of messages; gives the id to go on behind, or -1 at the end. */
    private long messages(Connection open, long afterId) throws SQLException {
        List<Outbox.Entry> page = new ArrayList<>();
        new OutboxQueries(new SpoiledRows()).each(open, afterId, PAGE, page::add);
        for (Outbox.Entry entry : page) {
            if (concerns(OutboxTable.seq(entry.message()))) {
                OutboxTable.put(open, corrected(entry, null));
            }
        }
        return page.size() < PAGE ? -1 : page.get(PAGE - 1).id();
    }

    /** Renumbers a page of the log; gives the number to go on behind, or -1 at the end. A row that is spoilt stays. */
    private long events(Connection open, String gateway, long afterSeq) throws SQLException {
        List<EventTable.Row> page = new ArrayList<>();
        long last = -1;
        try (PreparedStatement query = open.prepareStatement(
                "SELECT " + EventTable.COLUMNS + " FROM event WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT " + PAGE)) {
            query.setLong(1, afterSeq);
            query.setLong(2, toSeq);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    last = rows.getLong(1);
                    EventTable.row(rows, gateway).ifPresent(page::add);
                }
            }
        }
        try (PreparedStatement gone = open.prepareStatement("DELETE FROM event WHERE seq = ?")) {
            for (EventTable.Row row : page) {
                gone.setLong(1, row.event().stamp().seq());
                gone.executeUpdate();
                EventTable.put(open, corrected(row.event()), row.alarm());
            }
        }
        return last;
    }

    private boolean concerns(long seq) {
        return seq >= fromSeq && seq <= toSeq;
    }

    @Override
    public boolean concerns(EventRecord event) {
        return concerns(event.stamp().seq());
    }

    @Override
    public EventRecord corrected(EventRecord event) {
        EventRecord.Stamp stamp = event.stamp();
        return event.with(new EventRecord.Stamp(
                stamp.id(), stamp.seq() + by, stamp.boot(), stamp.time(), stamp.clockSynced(), stamp.uptimeMillis()));
    }

    @Override
    public Outbox.Entry corrected(Outbox.Entry entry, @Nullable EventRecord event) {
        long seq = OutboxTable.seq(entry.message());
        return concerns(seq)
                ? new Outbox.Entry(entry.id(), EventNumber.changed(entry.message(), seq + by), entry.importance())
                : entry;
    }
}
