package io.github.reedgate.command;

import java.time.Duration;

/**
 * How many refusals of its sharers were reported in a while: the others are counted. Immutable.
 *
 * @param sinceNanos when the while began, on the monotonic clock
 * @param told how many were reported since then
 * @param untold how many were not since one was reported last
 */
public record Quota(long sinceNanos, int told, long untold) {

    /** So many are reported in each {@link #WINDOW}. */
    static final int MOST_TOLD = 10;

    /** The while. */
    static final Duration WINDOW = Duration.ofMinutes(1);

    /** With room again, if the while is over. */
    Quota at(long nowNanos) {
        return isOver(nowNanos) ? new Quota(nowNanos, 0, untold) : this;
    }

    boolean isOver(long nowNanos) {
        return nowNanos - sinceNanos >= WINDOW.toNanos();
    }

    boolean isUsedUp() {
        return told >= MOST_TOLD;
    }

    /** One more was reported, and with it how many were not. */
    Quota tellingOne() {
        return new Quota(sinceNanos, told + 1, 0);
    }

    Quota countingOne() {
        return new Quota(sinceNanos, told, untold + 1);
    }
}
