package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Changes what is kept already: the messages that wait, then events of the log. A page at a time, so that a long log holds
 * nothing else up. Immutable.
 */
sealed interface Correction permits ClockCorrection, Renumbering {

    /** How many rows of a table are changed in one transaction. */
    int PAGE = 500;

    /**
     * Where a correction goes on.
     *
     * @param inLog false while it goes through messages, true while it goes through events
     * @param at where in the table, as the correction understands it; negative at the end
     */
    record Place(boolean inLog, long at) {

        /** Nothing is done yet. */
        static final Place START = new Place(false, 0);

        boolean isEnd() {
            return inLog && at < 0;
        }
    }

    /**
     * Changes a page of what is on disk, in one transaction; may be tried again.
     *
     * @param gateway the id of the gateway whose events these are
     * @param at where to begin
     * @param left what is noted with the last page
     * @return where to go on
     * @throws StoreException if it can't be written now
     */
    default Place apply(Database database, String gateway, Place at, String left) throws StoreException {
        return database.write("correcting events", open -> {
            Place next = at;
            if (!next.inLog()) {
                long after = messages(open, gateway, next.at());
                next = after < 0 ? new Place(true, firstEvent()) : new Place(false, after);
            }
            if (next.inLog()) {
                next = new Place(true, events(open, gateway, next.at()));
            }
            if (next.isEnd()) {
                finish(open, left);
            }
            return next;
        });
    }

    /** Changes a page of messages behind an id; gives the id to go on behind, or -1 at the end. */
    long messages(Connection open, String gateway, long afterId) throws SQLException;

    /** Where the events begin. */
    long firstEvent();

    /** Changes a page of the log; gives where to go on, or -1 at the end. A row that is damaged stays. */
    long events(Connection open, String gateway, long at) throws SQLException;

    /** Notes with the last page that all is done. */
    void finish(Connection open, String left) throws SQLException;

    /** True if this changes the event. */
    boolean concerns(Event event);

    /** An event this concerns, changed. */
    Event corrected(Event event);

    /**
     * A message that waits, changed if this concerns it.
     *
     * @param event the event that it is about, as it was before, if this concerns that; null if it doesn't or that is not known
     */
    Outbox.Entry corrected(Outbox.Entry entry, @Nullable Event event);
}
