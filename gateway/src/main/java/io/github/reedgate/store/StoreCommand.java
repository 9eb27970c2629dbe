package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.SeqRange;
import java.util.List;

/** What others want the store thread to do; done in the order they came. Immutable. */
public sealed interface StoreCommand {

    /** Keep an event. */
    record Keep(Event event) implements StoreCommand {}

    /** Store what the gateway must still know after a restart. */
    record KeepSnapshot(String document) implements StoreCommand {}

    /** Change what waits to be told beside the broker. */
    record ChangeNotices(NoticeChange change) implements StoreCommand {}

    /**
     * Several commands that belong together: what they keep is written in one transaction.
     *
     * @param commands in their order
     */
    record Together(List<StoreCommand> commands) implements StoreCommand {

        /** Copies the list. */
        public Together {
            commands = List.copyOf(commands);
        }
    }

    /** Keep a message that waits. */
    record Add(Outbox.Entry entry) implements StoreCommand {}

    /**
     * Reports when everything that was wanted before is on disk; answered by a {@link StoreEvent.Confirmed}.
     *
     * @param number any number, returned with the answer
     */
    record Confirm(long number) implements StoreCommand {}

    /** A message waits no longer. */
    record Remove(long id) implements StoreCommand {}

    /**
     * Fetch a part of what waits; answered by a {@link StoreEvent.Page}.
     *
     * @param request any number, returned with the answer
     * @param afterId entries behind this id are wanted
     * @param limit so many at most; at least 1
     * @param lastId the newest id given so far
     */
    record Load(long request, long afterId, int limit, long lastId) implements StoreCommand {}

    /**
     * Fetch events of the log; answered by a {@link StoreEvent.Recalled}.
     *
     * @param request any number, returned with the answer
     * @param fromSeq the lowest number
     * @param toSeq the highest number
     * @param limit so many at most
     */
    record Recall(long request, long fromSeq, long toSeq, int limit) implements StoreCommand {}

    /**
     * Read the beginning of a range of the log; answered by a {@link StoreEvent.LogRead}.
     *
     * @param request any number, returned with the answer
     * @param range not empty; ends at the newest number recorded so far, or below
     * @param limit so many rows at most; at least 1
     */
    record ReadLog(long request, SeqRange range, int limit) implements StoreCommand {}

    /** Keep a value under a name. */
    record Note(String name, String value) implements StoreCommand {}

    /** Correct the times of a start's events, as in {@link io.github.reedgate.delivery.Journal#correctClock}. */
    record CorrectClock(long boot, long wallMillisAtUptimeZero) implements StoreCommand {}

    /** Give events other numbers, as in {@link Outbox#renumber}. */
    record Renumber(long fromSeq, long toSeq, long by) implements StoreCommand {}
}
