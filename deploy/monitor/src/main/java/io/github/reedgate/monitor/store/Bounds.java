package io.github.reedgate.monitor.store;

import java.time.Duration;

/**
 * How much history is kept: whichever is reached first.
 *
 * @param maxAge how long an event is kept after it arrived
 * @param maxBytes how much of the disk the events take at most
 * @param mostValues how many topics the table {@code present} has at most; the value of one more is rejected
 */
public record Bounds(Duration maxAge, long maxBytes, int mostValues) {

    /** {@value} topics: 20 of each of 5,000 gateways. */
    static final int MOST_VALUES = 100_000;

    /** How many rows the tables {@code rejected}, {@code conflict} and {@code own_event} have at most, each. */
    static final int MOST_ROWS = 10_000;

    /** How many characters of topic, reason and payload the table {@code rejected} has at most. */
    static final long MOST_REJECTED_CHARACTERS = 8L << 20;

    /** How many characters of messages and further fields the table {@code conflict} has at most. */
    static final long MOST_CONFLICT_CHARACTERS = 32L << 20;

    /** Bounds with {@value #MOST_VALUES} topics. */
    public Bounds(Duration maxAge, long maxBytes) {
        this(maxAge, maxBytes, MOST_VALUES);
    }
}
