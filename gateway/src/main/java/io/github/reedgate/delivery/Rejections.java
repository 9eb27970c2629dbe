package io.github.reedgate.delivery;

import io.github.reedgate.link.PublishOutcome;
import java.util.HashMap;
import java.util.Map;

/**
 * Which events that are sent again the broker refuses, so that one of them does not keep it from all others: it had them once,
 * and the log has them. Owned by one thread.
 */
final class Rejections {

    /** On so many connections an event may be refused before it is left out. */
    private static final int MOST = 3;

    private final Map<Long, Integer> counts = new HashMap<>();

    /** An answer to an event; true if that is not to be sent any more, taken or not. */
    boolean isDone(long seq, PublishOutcome outcome) {
        boolean isDone = switch (outcome) {
            case ACCEPTED, TOO_LARGE -> true;
            case REJECTED -> counts.merge(seq, 1, Integer::sum) >= MOST;
            case NOT_AUTHORIZED, UNKNOWN -> false;
        };
        if (isDone) {
            counts.remove(seq);
        }
        return isDone;
    }
}
