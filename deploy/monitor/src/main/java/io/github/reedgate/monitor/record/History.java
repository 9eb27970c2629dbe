package io.github.reedgate.monitor.record;

import java.util.List;
import java.util.Map;

/** Where the recorder stores. Used by the recorder's thread; all calls block. */
public interface History {

    /**
     * Stores a batch in one transaction: all of it or nothing. It may be called again with what was stored before, which
     * changes nothing.
     *
     * @param batch what to store
     * @param reports asks, within the transaction, what has to be reported of it; the answer is stored with it
     * @return what became of it, committed to disk
     * @throws HistoryException if it can't be stored now; nothing of it is then
     */
    Outcome write(Batch batch, Reports reports) throws HistoryException;

    /** Decides what the monitor reports of a batch; may be asked again if the transaction fails. */
    @FunctionalInterface
    interface Reports {

        /** What to report; changes nothing but what the caller throws away on a failure. */
        List<OwnEvent> of(Outcome outcome);
    }

    /**
     * What is known of the numbers of each gateway.
     *
     * @throws HistoryException if it can't be read now
     */
    Map<String, Coverage> coverage() throws HistoryException;

    /**
     * The monitor's own events that the broker has not acknowledged, the oldest first.
     *
     * @param limit how many at most
     * @throws HistoryException if they can't be read now
     */
    List<NumberedEvent> unpublished(int limit) throws HistoryException;

    /**
     * An event of the monitor with its number.
     *
     * @param seq its number, rising by one
     * @param id its UUID
     */
    record NumberedEvent(long seq, String id, OwnEvent event) {}

    /**
     * Removes what exceeds the bounds, a limited part of it; called now and then.
     *
     * @param nowMillis milliseconds since 1970
     * @return what was removed: by this call, and of rejected messages and conflicts since the last call
     * @throws HistoryException if it can't be done now
     */
    Pruned prune(long nowMillis) throws HistoryException;
}
