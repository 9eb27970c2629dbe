package io.github.reedgate.time;

import java.time.Duration;
import java.time.Instant;

/**
 * How far a wall clock can be trusted, and who keeps it. The rule is pure: the same evidence always has the same answer. The
 * reasons are in decision 060.
 */
public enum ClockTrust {

    /** A time server's time: the kernel's clock is synchronised. */
    SYNCHRONISED,
    /** A real-time clock, which runs without power, says the same time. */
    REAL_TIME_CLOCK,
    /** The machine is a guest without a real-time clock: its host set the clock. */
    HOST,
    /** Nobody vouches for the clock. It may still be right. */
    NOBODY;

    /** Reedgate is not older than this. A clock that nobody synchronises and that says less was never set. */
    public static final Instant EARLIEST = Instant.parse("2025-01-01T00:00:00Z");

    /** A clock that nobody synchronises and that says more was set to nonsense. */
    public static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    /** The real-time clock and the wall clock may differ by this much: a cheap crystal drifts by 2 s to 9 s a day. */
    static final Duration TOLERANCE = Duration.ofMinutes(2);

    /** Returns whether times of this clock may be taken for right. */
    public boolean isTrusted() {
        return this != NOBODY;
    }

    /**
     * Judges a wall clock.
     *
     * @param evidence what is known about it
     * @return who keeps it; {@link #NOBODY} if nothing speaks for it
     */
    public static ClockTrust of(ClockEvidence evidence) {
        if (evidence.isSynchronised()) {
            return SYNCHRONISED;
        }
        if (isAbsurd(evidence.now())) {
            return NOBODY;
        }
        if (!evidence.realTimeClocks().isEmpty()) {
            // a real-time clock that disagrees outweighs the host: a guest that was stopped for hours is that late
            return evidence.realTimeClocks().stream().anyMatch(time -> agree(time, evidence.now()))
                    ? REAL_TIME_CLOCK
                    : NOBODY;
        }
        return evidence.isGuest() ? HOST : NOBODY;
    }

    /** Returns whether no right clock can say this time: it is before 2025 or after 2099. */
    public static boolean isAbsurd(Instant time) {
        return time.isBefore(EARLIEST) || time.isAfter(LATEST);
    }

    private static boolean agree(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(TOLERANCE) <= 0;
    }
}
