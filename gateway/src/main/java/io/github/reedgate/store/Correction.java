package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.message.EventRecord;
import org.jspecify.annotations.Nullable;

/** Changes what is kept already: events of the log, and the messages of those that still wait. Immutable. */
sealed interface Correction permits ClockCorrection, Renumbering {

    /**
     * Changes what is on disk; may be tried again.
     *
     * @param gateway the id of the gateway whose events these are
     * @throws StoreException if it can't be written now
     */
    void apply(Database database, String gateway) throws StoreException;

    /** True if this changes the event. */
    boolean concerns(EventRecord event);

    /** An event this concerns, changed. */
    EventRecord corrected(EventRecord event);

    /**
     * A message that waits, changed if this concerns it.
     *
     * @param event the event that it tells, as it was before, if this concerns that; null if it doesn't or that is not known
     */
    Outbox.Entry corrected(Outbox.Entry entry, @Nullable EventRecord event);
}
