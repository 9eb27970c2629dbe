package io.github.reedgate.store;

import io.github.reedgate.delivery.Drops;
import io.github.reedgate.delivery.LogPage;
import io.github.reedgate.delivery.LogReaders;
import io.github.reedgate.delivery.LogTopic;
import io.github.reedgate.event.LogRow;
import java.util.List;

/** What the store tells its owner. Immutable; delivered on the store thread. */
public sealed interface StoreEvent {

    /**
     * A page of the log, as asked for with {@link StoreCommand.Load}.
     *
     * @param topic whose messages were wanted
     * @param page rows of the disk and of what is not on disk yet
     */
    record Page(LogTopic topic, LogPage page) implements StoreEvent {}

    /**
     * The store was opened, which could not be done at the start.
     *
     * @param stored what it has
     */
    record Opened(LogReaders.Stored stored) implements StoreEvent {}

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
    record Recalled(long request, List<LogRow> events) implements OfLog {}

    /**
     * Whether what was wanted before a {@link StoreCommand.Confirm} is on disk.
     *
     * @param number the number it was asked for with
     * @param stored false if it can't be written now; it is tried again
     */
    record Confirmed(long number, boolean stored) implements StoreEvent {}

    /**
     * Events were dropped because a bound was reached, before the broker had acknowledged them.
     *
     * @param drops how many, by priority
     * @param events how many of them were unsettled on the event topic
     * @param lines how many on the alarm topic
     */
    record Dropped(Drops drops, long events, long lines) implements StoreEvent {}

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
}
