package io.github.reedgate.link;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Suspects that another client uses the same client id, for brokers that close the connection without saying why: three
 * connections closed by the broker within a minute, each shortly after it was accepted. The suspicion lasts until a
 * connection stays. Owned by one thread; time is an argument.
 */
final class Takeovers {

    private static final int KICKS = 3;
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long SHORT_NANOS = Duration.ofSeconds(15).toNanos();

    private final Deque<Long> kicks = new ArrayDeque<>();
    private boolean suspected;

    /**
     * A connection ended.
     *
     * @param upNanos monotonic time at which it was accepted
     * @param nowNanos monotonic time now
     * @param closedWithoutReason true if the broker closed it without saying why
     * @return true if that was probably a take-over
     */
    boolean ended(long upNanos, long nowNanos, boolean closedWithoutReason) {
        if (nowNanos - upNanos > SHORT_NANOS) {
            kicks.clear();
            suspected = false;
            return false;
        }
        if (!closedWithoutReason) {
            return false;
        }
        kicks.addLast(nowNanos);
        while (nowNanos - kicks.getFirst() > MINUTE_NANOS) {
            kicks.removeFirst();
        }
        suspected = suspected || kicks.size() >= KICKS;
        return suspected;
    }
}
