package io.github.reedgate.contact;

/**
 * Counts how often something happened in the last minute, from two counters: this minute's and a share of the one before.
 * Immutable; time is an argument.
 *
 * @param startNanos when the present minute began
 * @param current count in the present minute
 * @param previous count in the minute before
 */
public record RateWindow(long startNanos, int current, int previous) {

    private static final long MINUTE_NANOS = 60_000_000_000L;

    /** A window that has counted nothing. */
    public static RateWindow starting(long nowNanos) {
        return new RateWindow(nowNanos, 0, 0);
    }

    /** Counts one more. */
    public RateWindow plus(int count, long nowNanos) {
        RateWindow at = at(nowNanos);
        return new RateWindow(at.startNanos, Math.min(Integer.MAX_VALUE - count, at.current) + count, at.previous);
    }

    /** The rate per minute now: exact for an even rate, else an estimate. */
    public double perMinute(long nowNanos) {
        RateWindow at = at(nowNanos);
        double left = 1.0 - (double) (nowNanos - at.startNanos) / MINUTE_NANOS;
        return at.current + at.previous * Math.max(0.0, Math.min(1.0, left));
    }

    private RateWindow at(long nowNanos) {
        long minutes = Math.floorDiv(nowNanos - startNanos, MINUTE_NANOS);
        if (minutes <= 0) {
            return this;
        }
        return new RateWindow(startNanos + minutes * MINUTE_NANOS, 0, minutes == 1 ? current : 0);
    }
}
