package io.github.reedgate.monitor.heal;

import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.monitor.record.RecordedEvent;
import java.util.List;

/** One message of a gateway's answer to a request for its log. Immutable. */
sealed interface LogAnswer {

    /** An event of the range. */
    record Replayed(RecordedEvent event) implements LogAnswer {}

    /**
     * The line that ends an answer.
     *
     * @param range the numbers that the answer covers; empty if the gateway's newest number is below the range
     * @param missing numbers that the gateway's log does not have, as the line has them
     */
    record End(NumberRange range, List<NumberRange> missing) implements LogAnswer {

        /** Copies the list. */
        public End {
            missing = List.copyOf(missing);
        }
    }

    /**
     * The line that says why there is no answer, or no whole one.
     *
     * @param word why, such as {@code busy}
     */
    record Failure(String word) implements LogAnswer {}

    /**
     * Something that is none of these.
     *
     * @param reason why, one line
     */
    record Unreadable(String reason) implements LogAnswer {}
}
