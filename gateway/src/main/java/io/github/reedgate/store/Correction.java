package io.github.reedgate.store;

import io.github.reedgate.event.LogRow;
import java.sql.Connection;
import java.sql.SQLException;

/** Changes events of the log that are stored already. A page at a time, so that a long log holds nothing else up. Immutable. */
sealed interface Correction permits ClockCorrection, Renumbering {

    /** How many rows are changed in one transaction. */
    int PAGE = 500;

    /** Where a correction is at its end. */
    long END = -1;

    /**
     * Changes a page of what is on disk, in one transaction; may be tried again.
     *
     * @param at where to begin: {@link #first} at first
     * @param left what is noted with the last page
     * @return where to go on, or {@link #END}
     * @throws StoreException if it can't be written now
     */
    default long apply(Database database, long at, String left) throws StoreException {
        return database.write("correcting events", open -> {
            long next = events(open, at);
            if (next == END) {
                finish(open, left);
            }
            return next;
        });
    }

    /** Where the events begin. */
    long first();

    /** Changes a page of the log; returns where to go on, or {@link #END}. A row that is damaged stays. */
    long events(Connection open, long at) throws SQLException;

    /** Notes with the last page that all is done. */
    void finish(Connection open, String left) throws SQLException;

    /** True if this changes the event. */
    boolean concerns(LogRow row);

    /** An event this concerns, changed. */
    LogRow corrected(LogRow row);
}
