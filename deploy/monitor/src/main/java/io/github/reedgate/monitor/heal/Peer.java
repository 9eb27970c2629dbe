package io.github.reedgate.monitor.heal;

import io.github.reedgate.monitor.record.NumberRange;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of a gateway that may be asked. Owned by the recorder's thread; it survives no restart. */
final class Peer {

    /** Its availability topic says {@code online}. */
    boolean isOnline;

    /** It was heard on this connection: something that the broker had not retained. */
    boolean isHeard;

    /** It has answered something since the monitor's start. */
    boolean hasAnswered;

    /** The lowest number to ask for next; lower ones were asked for in this pass. */
    long cursor;

    /** How many requests in a row brought nothing. */
    int failures;

    /** How many requests in a row nobody received, because the gateway did not subscribe to them. */
    int unsubscribed;

    /** Not to be asked before this moment of the monotonic clock. */
    long dueNanos;

    /** The request that was sent last, until its answer is whole; late messages of it are still taken. */
    @Nullable
    LogRequest request;

    /** True while that request is waited for. */
    boolean isOpen;

    /** The token of a whole answer that is not stored yet, or null. */
    @Nullable
    String settling;

    Peer(long nowNanos) {
        dueNanos = nowNanos;
    }

    /** True if it may be asked now. */
    boolean isReady(long nowNanos) {
        return isOnline && isHeard && !isOpen && settling == null && nowNanos - dueNanos >= 0;
    }

    /** True if its request has been waited for long enough. */
    boolean isOverdue(long nowNanos) {
        LogRequest last = request;
        return isOpen
                && last != null
                && (nowNanos - last.lastNanos() >= Healing.SILENCE.toNanos()
                        || nowNanos - last.askedNanos() >= Healing.LONGEST_ANSWER.toNanos());
    }

    /** The numbers that it is asked for now. */
    Optional<NumberRange> openRange() {
        LogRequest last = request;
        return isOpen && last != null ? Optional.of(last.ask().range()) : Optional.empty();
    }

    /** The request with a token, if it is the last one. */
    Optional<LogRequest> request(String token) {
        LogRequest last = request;
        return last != null && last.ask().token().equals(token) ? Optional.of(last) : Optional.empty();
    }
}
