package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Keeps the store within its bounds. The log gives way before anything that waits does, its oldest events first; of what
 * waits, the oldest routine messages go first and alarms last. Counting a table means reading it, so it is counted once and
 * the changes are added. Used by the store's thread.
 */
final class Pruning {

    /** At most this many rows leave in one transaction. */
    private static final long CHUNK = 10_000;

    private static final long LEAST_CHUNK = 64;

    private final Database database;
    private final Bounds bounds;
    private long events = -1;
    private long waiting = -1;

    Pruning(Database database, Bounds bounds) {
        this.database = database;
        this.bounds = bounds;
    }

    /**
     * How a transaction changed the number of rows.
     *
     * @param events in the log
     * @param waiting in the outbox
     */
    record Change(long events, long waiting) {}

    /** Takes part in a change that has been committed. */
    void count(Change change) {
        if (events >= 0) {
            events += change.events();
            waiting += change.waiting();
        }
    }

    /** Nobody knows how many there are: the next question counts anew. */
    void forget() {
        events = -1;
    }

    long waiting() throws StoreException {
        return events < 0
                ? database.read("counting", open -> Database.number(open, "SELECT count(*) FROM outbox"))
                : waiting;
    }

    /** Applies the bounds, that on the age if it is wanted. */
    Outbox.Drops prune(boolean byAge) throws StoreException {
        try {
            if (events < 0) {
                waiting = database.read("counting", open -> Database.number(open, "SELECT count(*) FROM outbox"));
                events = database.read("counting", open -> Database.number(open, "SELECT count(*) FROM event"));
            }
            pruneLogByCount();
            if (byAge) {
                pruneLogByAge();
            }
            Outbox.Drops drops = drop(waiting - bounds.maxWaiting());
            return plus(drops, pruneByBytes());
        } catch (StoreException e) {
            forget();
            throw e;
        }
    }

    private static Outbox.Drops plus(Outbox.Drops one, Outbox.Drops other) {
        return new Outbox.Drops(one.routine() + other.routine(), one.alarms() + other.alarms());
    }

    private void pruneLogByCount() throws StoreException {
        while (events > Math.max(bounds.maxEvents(), Bounds.ALWAYS_KEPT)) {
            if (!forgetOldest(events - bounds.maxEvents())) {
                return;
            }
        }
    }

    /** Removes the oldest events up to the first that is young enough; a wrong clock in between does no harm. */
    private void pruneLogByAge() throws StoreException {
        boolean more = true;
        while (more && events > Bounds.ALWAYS_KEPT) {
            long old = database.read("reading the event log", open -> {
                long newest = Database.number(
                        open, "SELECT time_ms FROM event WHERE clock_synced = 1 ORDER BY seq DESC LIMIT 1");
                long oldest = newest - bounds.maxAge().toMillis();
                return Database.number(
                        open,
                        "SELECT count(*) FROM event WHERE seq < (SELECT seq FROM event WHERE clock_synced = 1"
                                + " AND time_ms >= " + oldest + " ORDER BY seq LIMIT 1)");
            });
            more = old > 0 && forgetOldest(old);
        }
    }

    private Outbox.Drops pruneByBytes() throws StoreException {
        Outbox.Drops drops = Outbox.Drops.NONE;
        long bytes = bytes();
        while (bytes > bounds.maxBytes()) {
            double surplus = (double) (bytes - bounds.maxBytes()) / bytes;
            if (!forgetOldest(Math.max(LEAST_CHUNK, (long) (events * surplus)))) {
                long chunk = Math.min(CHUNK, Math.max(LEAST_CHUNK, (long) (waiting * surplus)));
                if (waiting == 0) {
                    return drops;
                }
                drops = plus(drops, drop(chunk));
            }
            bytes = bytes();
        }
        return drops;
    }

    /** What is in use of the file; what was freed is used again before it grows. */
    private long bytes() throws StoreException {
        return database.read(
                "reading the store's size",
                open -> StoreFile.PAGE
                        * (Database.number(open, "PRAGMA page_count")
                                - Database.number(open, "PRAGMA freelist_count")));
    }

    /**
     * Removes the oldest events of the log.
     *
     * @return false if none may go
     */
    private boolean forgetOldest(long count) throws StoreException {
        long most = Math.min(CHUNK, Math.min(count, events - Bounds.ALWAYS_KEPT));
        if (most <= 0) {
            return false;
        }
        long gone = database.write(
                "removing old events",
                open -> delete(
                        open, "DELETE FROM event WHERE seq IN (SELECT seq FROM event ORDER BY seq LIMIT ?)", most));
        events -= gone;
        return gone > 0;
    }

    private Outbox.Drops drop(long count) throws StoreException {
        Outbox.Drops drops = Outbox.Drops.NONE;
        while (count > drops.routine() + drops.alarms()) {
            long most = Math.min(CHUNK, count - drops.routine() - drops.alarms());
            Outbox.Drops now = database.write("dropping messages", open -> {
                long routine = drop(open, 0, most);
                return new Outbox.Drops(routine, routine == most ? 0 : drop(open, 1, most - routine));
            });
            if (now.equals(Outbox.Drops.NONE)) {
                return drops;
            }
            waiting -= now.routine() + now.alarms();
            drops = plus(drops, now);
        }
        return drops;
    }

    private static long drop(Connection open, int alarm, long count) throws SQLException {
        return delete(
                open,
                "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE alarm = " + alarm
                        + " ORDER BY id LIMIT ?)",
                count);
    }

    private static long delete(Connection open, String sql, long limit) throws SQLException {
        try (PreparedStatement rows = open.prepareStatement(sql)) {
            rows.setLong(1, limit);
            return rows.executeUpdate();
        }
    }
}
