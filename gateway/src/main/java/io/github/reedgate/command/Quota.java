package io.github.reedgate.command;

import java.time.Duration;

/**
 * How many refusals were told in a while, of those who share it: the others are counted. Immutable.
 *
 * @param sinceNanos when the while began, on the monotonic clock
 * @param told how many were told since then
 * @param untold how many were not since one was told last
 */
public record Quota(long sinceNanos, int told, long untold) {

    /** So many are told in each {@link #WINDOW}. */
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

    /** One more was told, and with it how many were not. */
    Quota tellingOne() {
        return new Quota(sinceNanos, told + 1, 0);
    }

    Quota countingOne() {
        return new Quota(sinceNanos, told, untold + 1);
    }
}
