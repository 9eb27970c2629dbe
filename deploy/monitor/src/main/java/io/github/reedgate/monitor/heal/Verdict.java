package io.github.reedgate.monitor.heal;

import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.monitor.record.RecordedEvent;
import java.util.List;

/** What is to be done with a message of an answer. Immutable. */
sealed interface Verdict {

    /** Store the event. */
    record Store(RecordedEvent event) implements Verdict {}

    /**
     * The answer is whole: once all before it is stored, say so by {@link Healing#settled}.
     *
     * @param gone numbers that were asked for and that the gateway's log does not have
     */
    record Settle(List<NumberRange> gone) implements Verdict {

        /** Copies the list. */
        public Settle {
            gone = List.copyOf(gone);
        }
    }

    /**
     * Store nothing of it; keep the message where rejected ones are.
     *
     * @param reason why, one line
     */
    record Reject(String reason) implements Verdict {}

    /** Store nothing of it: it says why there is no whole answer, or it answers no request that is known. */
    record Ignore() implements Verdict {}
}
