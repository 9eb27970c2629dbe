package io.github.reedgate.store;

import io.github.reedgate.delivery.DeliveryState;
import io.github.reedgate.delivery.Drops;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Keeps the log within its bounds. If it is too long or too large, the oldest delivered events go first, then the oldest undelivered routine
 * ones, then the oldest others; the newest {@value Bounds#ALWAYS_KEPT} never. Age removes delivered events only. An event is delivered if
 * its number is not above the mark of the event topic nor, if it has an alarm line, above that of the alarm topic. Counting a table means
 * reading it, so it is counted once and the changes are added. Used by the store's thread.
 */
final class Pruning {

    /** At most this many rows leave in one transaction. */
    private static final long CHUNK = 10_000;

    private static final long LEAST_CHUNK = 64;

    /** The lowest number of those that always stay. */
    private static final String NEWEST =
            "(SELECT seq FROM event ORDER BY seq DESC LIMIT 1 OFFSET " + (Bounds.ALWAYS_KEPT - 1) + ")";

    private final Database database;
    private final Bounds bounds;
    private long events = -1;

    Pruning(Database database, Bounds bounds) {
        this.database = database;
        this.bounds = bounds;
    }

    /** Takes part in a change that has been committed: so many rows more. */
    void count(long rows) {
        if (events >= 0) {
            events += rows;
        }
    }

    /** Nobody knows how many there are: the next question counts anew. */
    void forget() {
        events = -1;
    }

    /** Applies the bounds, that on the age if it is wanted; returns what was dropped before it was delivered. */
    UnwrittenTail.Dropped prune(DeliveryState delivered, boolean byAge) throws StoreException {
        try {
            if (events < 0) {
                events = database.read("counting", open -> Database.number(open, "SELECT count(*) FROM event"));
            }
            UnwrittenTail.Dropped dropped = pruneByCount(delivered);
            if (byAge) {
                pruneByAge(delivered);
            }
            return dropped.plus(pruneByBytes(delivered));
        } catch (StoreException e) {
            forget();
            throw e;
        }
    }

    private UnwrittenTail.Dropped pruneByCount(DeliveryState delivered) throws StoreException {
        UnwrittenTail.Dropped dropped = UnwrittenTail.Dropped.NONE;
        boolean more = true;
        while (more && events > bounds.mostEvents()) {
            long before = events;
            dropped = dropped.plus(remove(delivered, events - bounds.mostEvents()));
            more = events < before;
        }
        return dropped;
    }

    /** Removes the oldest delivered events up to the first that is young enough; a wrong clock in between does no harm. */
    private void pruneByAge(DeliveryState delivered) throws StoreException {
        boolean more = true;
        while (more && events > Bounds.ALWAYS_KEPT) {
            long young = database.read("reading the event log", open -> {
                long newest = Database.number(
                        open, "SELECT time_ms FROM event WHERE clock_synced = 1 ORDER BY seq DESC LIMIT 1");
                long oldest = newest - bounds.maxAge().toMillis();
                return Database.number(
                        open,
                        "SELECT seq FROM event WHERE clock_synced = 1 AND time_ms >= " + oldest
                                + " ORDER BY seq LIMIT 1");
            });
            more = forgetDelivered(delivered, CHUNK, young) > 0;
        }
    }

    private UnwrittenTail.Dropped pruneByBytes(DeliveryState delivered) throws StoreException {
        UnwrittenTail.Dropped dropped = UnwrittenTail.Dropped.NONE;
        long bytes = bytes();
        while (bytes > bounds.maxBytes() && events > Bounds.ALWAYS_KEPT) {
            double surplus = (double) (bytes - bounds.maxBytes()) / bytes;
            long before = events;
            dropped = dropped.plus(remove(delivered, Math.max(LEAST_CHUNK, (long) (events * surplus))));
            if (events == before) {
                return dropped;
            }
            bytes = bytes();
        }
        return dropped;
    }

    /** What is in use of the file; what was freed is used again before it grows. */
    private long bytes() throws StoreException {
        return database.read(
                "reading the store's size",
                open -> StoreFile.PAGE
                        * (Database.number(open, "PRAGMA page_count")
                                - Database.number(open, "PRAGMA freelist_count")));
    }

    /** Removes events, delivered ones first; at most so many, and never the newest. */
    private UnwrittenTail.Dropped remove(DeliveryState delivered, long wanted) throws StoreException {
        long most = Math.min(CHUNK, Math.min(wanted, events - Bounds.ALWAYS_KEPT));
        if (most <= 0) {
            return UnwrittenTail.Dropped.NONE;
        }
        long gone = forgetDelivered(delivered, most, Long.MAX_VALUE);
        if (gone == most) {
            return UnwrittenTail.Dropped.NONE;
        }
        long left = most - gone;
        UnwrittenTail.Dropped dropped = database.write("dropping events", open -> {
            UnwrittenTail.Dropped routine = drop(open, delivered, "alarm = 0", left);
            long rest = left - routine.drops().routine();
            UnwrittenTail.Dropped others =
                    rest == 0 ? UnwrittenTail.Dropped.NONE : drop(open, delivered, "alarm > 0", rest);
            long alarms = others.drops().routine();
            return new UnwrittenTail.Dropped(
                    new Drops(routine.drops().routine(), alarms),
                    routine.events() + others.events(),
                    routine.lines() + others.lines());
        });
        events -= dropped.drops().routine() + dropped.drops().alarms();
        return dropped;
    }

    /** Removes the oldest delivered events below a number; returns how many. */
    private long forgetDelivered(DeliveryState delivered, long count, long below) throws StoreException {
        long most = Math.min(count, events - Bounds.ALWAYS_KEPT);
        if (most <= 0) {
            return 0;
        }
        String sql = "DELETE FROM event WHERE seq IN (SELECT seq FROM event WHERE seq <= "
                + delivered.event().upTo() + " AND NOT (alarm = 2 AND seq > "
                + delivered.alarm().upTo() + ") AND seq < ? AND seq < " + NEWEST + " ORDER BY seq LIMIT ?)";
        long gone = database.write("removing old events", open -> {
            try (PreparedStatement rows = open.prepareStatement(sql)) {
                rows.setLong(1, below);
                rows.setLong(2, most);
                return (long) rows.executeUpdate();
            }
        });
        events -= gone;
        return gone;
    }

    /** Removes the oldest undelivered events of a kind; counted as routine ones here. */
    private static UnwrittenTail.Dropped drop(Connection open, DeliveryState delivered, String kind, long count)
            throws SQLException {
        String event = "seq > " + delivered.event().upTo();
        String line = "(alarm = 2 AND seq > " + delivered.alarm().upTo() + ")";
        String oldest = "(SELECT seq FROM event WHERE (" + event + " OR " + line + ") AND " + kind + " AND seq < "
                + NEWEST + " ORDER BY seq LIMIT " + count + ")";
        long events = 0;
        long lines = 0;
        try (PreparedStatement query = open.prepareStatement("SELECT coalesce(sum(" + event + "), 0), coalesce(sum("
                        + line + "), 0) FROM event WHERE seq IN " + oldest);
                ResultSet row = query.executeQuery()) {
            if (row.next()) {
                events = row.getLong(1);
                lines = row.getLong(2);
            }
        }
        try (PreparedStatement rows = open.prepareStatement("DELETE FROM event WHERE seq IN " + oldest)) {
            return new UnwrittenTail.Dropped(new Drops(rows.executeUpdate(), 0), events, lines);
        }
    }
}
