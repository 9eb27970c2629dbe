package io.github.reedgate.store;

import java.time.Duration;

/**
 * How much the store keeps. Immutable. The newest {@value #ALWAYS_KEPT} events of the log are kept whatever these say.
 *
 * @param maxEvents events in the log, at least 1; twice as many messages may wait, as an event brings two at most
 * @param maxAge how far behind the newest event (of those with a trusted time) one of the log may lie; positive. What waits
 *     for the broker has no age.
 * @param maxBytes size of what is kept, at least 64 KiB; the log gives way first
 */
public record Bounds(int maxEvents, Duration maxAge, long maxBytes) {

    /** How many of the newest events stay in the log, whatever the bounds say. */
    public static final int ALWAYS_KEPT = 500;

    /** 100,000 events, 400 days, 256 MiB. */
    public static final Bounds DEFAULT = new Bounds(100_000, Duration.ofDays(400), 256L << 20);

    private static final long LEAST_BYTES = 64 << 10;

    /** Checks the ranges. */
    public Bounds {
        if (maxEvents < 1) {
            throw new IllegalArgumentException("maxEvents is " + maxEvents + "; at least 1 is needed");
        }
        if (maxAge.isNegative() || maxAge.isZero()) {
            throw new IllegalArgumentException("maxAge is " + maxAge + "; a positive one is needed");
        }
        if (maxBytes < LEAST_BYTES) {
            throw new IllegalArgumentException("maxBytes is " + maxBytes + "; at least " + LEAST_BYTES + " are needed");
        }
    }

    long maxWaiting() {
        return 2L * maxEvents;
    }
}
