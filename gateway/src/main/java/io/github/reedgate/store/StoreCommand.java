package io.github.reedgate.store;

import io.github.reedgate.delivery.DeliveryState;
import io.github.reedgate.delivery.LogTopic;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import java.util.List;

/** What others want the store thread to do; done in the order they came. Immutable. */
public sealed interface StoreCommand {

    /** Store an event. */
    record Keep(LogRow row) implements StoreCommand {}

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

    /**
     * Reports when everything that was wanted before is on disk; answered by a {@link StoreEvent.Confirmed}.
     *
     * @param number any number, returned with the answer
     */
    record Confirm(long number) implements StoreCommand {}

    /**
     * Store which events the broker needs no more, soon.
     *
     * @param state all of it
     * @param acknowledgements how many are new in it
     */
    record Delivered(DeliveryState state, long acknowledgements) implements StoreCommand {}

    /**
     * Read a page of the log for a topic; answered by a {@link StoreEvent.Page}.
     *
     * @param topic whose messages are wanted
     * @param request any number, returned with the answer
     * @param range not empty; ends at the newest number recorded so far, or below
     * @param limit so many rows at most; at least 1
     */
    record Load(LogTopic topic, long request, SeqRange range, int limit) implements StoreCommand {}

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

    /** Give events other numbers, as in {@link io.github.reedgate.delivery.Journal#renumber}. */
    record Renumber(long fromSeq, long toSeq, long by) implements StoreCommand {}
}
