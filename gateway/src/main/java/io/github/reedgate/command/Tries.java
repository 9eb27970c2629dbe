package io.github.reedgate.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often a wrong code was tried since the last right one, and whether codes are refused for that. The fifth wrong one
 * locks for a minute, each further one for twice as long, an hour at most. Immutable.
 *
 * @param failures how many wrong ones
 * @param lockedUntilNanos until when codes are refused, on the monotonic clock, or null if they are not
 */
public record Tries(int failures, @Nullable Long lockedUntilNanos) {

    /** So many wrong codes lock. */
    public static final int LOCKING = 5;

    /** None yet. */
    public static final Tries NONE = new Tries(0, null);

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST = 1_000;

    /**
     * As they were before a restart. How long the gateway was down is not known for certain, so a lock begins anew.
     *
     * @param failures as they were kept; what is not possible is taken as the nearest that is
     */
    public static Tries restored(long failures, long nowNanos) {
        int most = (int) Math.max(0, Math.min(MOST, failures));
        return new Tries(most, lockedUntil(most, nowNanos));
    }

    Tries another(long nowNanos) {
        int more = Math.min(MOST, failures + 1);
        return new Tries(more, lockedUntil(more, nowNanos));
    }

    boolean isLocked(long nowNanos) {
        return lockedUntilNanos != null && nowNanos - lockedUntilNanos < 0;
    }

    /** How many seconds the lock lasts still, rounded up; 0 if there is none. */
    long lockedSeconds(long nowNanos) {
        if (lockedUntilNanos == null || !isLocked(nowNanos)) {
            return 0;
        }
        return Duration.ofNanos(lockedUntilNanos - nowNanos)
                .plusNanos(999_999_999)
                .toSeconds();
    }

    /** For how long so many wrong codes lock; zero if they do not. */
    static Duration lock(int failures) {
        Duration lock = failures < LOCKING ? Duration.ZERO : FIRST;
        for (int i = LOCKING; i < failures && lock.compareTo(LONGEST) < 0; i++) {
            lock = lock.multipliedBy(2);
        }
        return lock.compareTo(LONGEST) > 0 ? LONGEST : lock;
    }

    private static @Nullable Long lockedUntil(int failures, long nowNanos) {
        Duration lock = lock(failures);
        return lock.isZero() ? null : nowNanos + lock.toNanos();
    }
}
