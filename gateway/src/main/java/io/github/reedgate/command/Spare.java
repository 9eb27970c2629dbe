package io.github.reedgate.command;

import java.time.Duration;

/**
 * How many codes are still looked at while codes are locked, so that a right one gets through whoever tries wrong ones. Only wrong ones use
 * it up. Immutable.
 *
 * @param left how many wrong ones are looked at still
 * @param sinceNanos since when the next one is gathered, on the monotonic clock
 */
public record Spare(int left, long sinceNanos) {

    /** So many at most. */
    public static final int MOST = 30;

    /** After so long there is one more: so many wrong codes are looked at and no more, however long somebody goes on. */
    public static final Duration PAUSE = Duration.ofMinutes(1);

    private static final int AFTER_RESTART = 5;

    static Spare full(long nowNanos) {
        return new Spare(MOST, nowNanos);
    }

    /** Few if codes were locked before the restart: it must be no way to more. */
    static Spare starting(Tries tries, long nowNanos) {
        return tries.lockedUntilNanos() == null ? full(nowNanos) : new Spare(AFTER_RESTART, nowNanos);
    }

    boolean isEmpty(long nowNanos) {
        return gathered(nowNanos).left() == 0;
    }

    /** The same after one more wrong code. */
    Spare used(long nowNanos) {
        Spare now = gathered(nowNanos);
        return new Spare(Math.max(0, now.left() - 1), now.sinceNanos());
    }

    private Spare gathered(long nowNanos) {
        long more = Math.max(0, (nowNanos - sinceNanos) / PAUSE.toNanos());
        return left + more >= MOST
                ? full(nowNanos)
                : new Spare((int) (left + more), sinceNanos + more * PAUSE.toNanos());
    }
}
