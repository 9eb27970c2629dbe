package io.github.reedgate.monitor.heal;

import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.monitor.record.NumberRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request that was sent, and what came in answer to it. Owned by the recorder's thread; it survives no restart.
 */
final class LogRequest {

    /** How many more messages than numbers an answer may have: the broker repeats messages after a reconnect. */
    private static final int REPEATS = 3;

    private static final int SPARE = 100;

    private final LogAsk ask;
    private final List<NumberRange> lacking;
    private final long askedNanos;
    private final NumberRanges came = new NumberRanges();
    private long lastNanos;
    private long messages;

    /**
     * A request that was just sent.
     *
     * @param lacking those of its numbers that are missing
     */
    LogRequest(LogAsk ask, List<NumberRange> lacking, long nowNanos) {
        this.ask = ask;
        this.lacking = List.copyOf(lacking);
        this.askedNanos = nowNanos;
        this.lastNanos = nowNanos;
    }

    LogAsk ask() {
        return ask;
    }

    /** When it was sent. */
    long askedNanos() {
        return askedNanos;
    }

    /** When the last message of the answer came; when it was sent if there was none. */
    long lastNanos() {
        return lastNanos;
    }

    /** True if a message of the answer came. */
    boolean isAnswered() {
        return messages > 0;
    }

    /** A message of the answer came; false if there were more than an honest answer has. */
    boolean hears(long nowNanos) {
        lastNanos = nowNanos;
        messages++;
        return messages <= REPEATS * ask.range().count() + SPARE;
    }

    /** The event of a number came; empty if that was asked for, else why it is refused. */
    Optional<String> take(long seq) {
        if (seq < ask.range().from() || seq > ask.range().to()) {
            return Optional.of("number " + seq + " was not asked for; " + ask.range() + " was");
        }
        came.add(new NumberRange(seq, seq));
        return Optional.empty();
    }

    /** True if the number was missing when it was asked for, and has not come before. */
    boolean isNews(long seq) {
        return !came.contains(seq) && lacking.stream().anyMatch(range -> range.from() <= seq && seq <= range.to());
    }

    /** Why the end of an answer is none of this request; empty if it is. */
    Optional<String> problem(LogAnswer.End end) {
        long from = ask.range().from();
        long to = end.range().to();
        if (end.range().from() != from || to > ask.range().to()) {
            return Optional.of("the answer ends for " + end.range() + "; " + ask.range() + " was asked for");
        }
        long next = from;
        for (NumberRange each : end.missing()) {
            if (each.isEmpty() || each.from() < next || each.to() > to) {
                return Optional.of("the missing numbers " + each + " are out of order or beyond " + end.range());
            }
            if (came.countWithin(each) > 0) {
                return Optional.of("the gateway sent some of the numbers " + each + " that it says are missing");
            }
            next = each.to() + 1;
        }
        return Optional.empty();
    }

    /** Those of the numbers that the gateway's log does not have that were missing here. */
    List<NumberRange> gone(LogAnswer.End end) {
        List<NumberRange> gone = new ArrayList<>();
        for (NumberRange each : end.missing()) {
            for (NumberRange asked : lacking) {
                NumberRange both =
                        new NumberRange(Math.max(each.from(), asked.from()), Math.min(each.to(), asked.to()));
                if (!both.isEmpty()) {
                    gone.add(both);
                }
            }
        }
        return gone;
    }

    /** True if one of the missing numbers came. */
    boolean hasGained() {
        return lacking.stream().anyMatch(range -> came.countWithin(range) > 0);
    }
}
