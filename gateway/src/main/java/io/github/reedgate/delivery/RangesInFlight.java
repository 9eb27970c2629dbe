package io.github.reedgate.delivery;

import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The messages of a {@link RangeQueue} that are in flight on the present connection. Owned by the loop thread. */
final class RangesInFlight {

    private final Map<Long, Sent> sent = new HashMap<>();
    // tokens rise from here, far below those of others
    private long lastToken = Long.MIN_VALUE;

    /**
     * A message that is in flight.
     *
     * @param of the answer that it belongs to, or null if it is a refusal
     */
    record Sent(@Nullable RangeAnswer of) {}

    /** True if a publish has a token of this class. */
    static boolean madeHere(LinkEvent.Published answer) {
        return answer.token() < Long.MIN_VALUE / 2;
    }

    /** Notes a message that is about to be sent; returns its token. */
    long note(Sent message) {
        sent.put(++lastToken, message);
        return lastToken;
    }

    /** Takes out what an answer is about; null if that is not in flight, or the broker has not answered it. */
    @Nullable
    Sent take(LinkEvent.Published answer) {
        Sent about = sent.get(answer.token());
        if (about == null || answer.outcome() == PublishOutcome.UNKNOWN) {
            return null;
        }
        sent.remove(answer.token());
        return about;
    }

    /** Whether a message of an answer is in flight. */
    boolean hasAnyOf(RangeAnswer answer) {
        return sent.values().stream().anyMatch(each -> each.of() == answer);
    }

    int size() {
        return sent.size();
    }

    /** The connection has ended. */
    void clear() {
        sent.clear();
    }
}
