package io.github.reedgate.store;

import io.github.reedgate.delivery.LogPage;
import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import java.util.List;

/** What the store tells its owner. Immutable; delivered on the store thread. */
public sealed interface StoreEvent {

    /**
     * A part of what waits, as asked for.
     *
     * @param request the number it was asked for with
     * @param entries oldest first
     * @param reachedId every waiting entry up to this id is among them
     */
    record Page(long request, List<Outbox.Entry> entries, long reachedId) implements StoreEvent {}

    /** What was read of the log. */
    sealed interface OfLog extends StoreEvent {}

    /** A page of the log, as asked for with {@link StoreCommand.ReadLog}. */
    record LogRead(LogPage page) implements OfLog {}

    /**
     * Events of the log, as asked for.
     *
     * @param request the number they were asked for with
     * @param events by number, lowest first; empty if there are none any more
     */
    record Recalled(long request, List<Event> events) implements OfLog {}

    /**
     * Whether what was wanted before a {@link StoreCommand.Confirm} is on disk.
     *
     * @param number the number it was asked for with
     * @param stored false if it can't be written now; it is tried again
     */
    record Confirmed(long number, boolean stored) implements StoreEvent {}

    /**
     * Messages were dropped because a bound was reached.
     *
     * @param drops how many, by priority
     */
    record Dropped(Outbox.Drops drops) implements StoreEvent {}

    /**
     * Events are missing in the log for good: too many came while the disk could not be written.
     *
     * @param count how many; at least 1
     */
    record Unlogged(long count) implements StoreEvent {}

    /**
     * The disk can't be written; what should be there is kept in memory.
     *
     * @param reason why and what to do about it, one line
     */
    record Failed(String reason) implements StoreEvent {}

    /** All that was kept in memory is on disk. */
    record Recovered() implements StoreEvent {}

    /** Times of waiting messages were corrected: those in memory are to be fetched again. */
    record Corrected() implements StoreEvent {}
}
