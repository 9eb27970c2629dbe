package io.github.reedgate.sim.scenario;

import java.util.random.RandomGenerator;

/**
 * A time or a number of rounds, fixed or drawn from a range. Immutable.
 *
 * @param least the smallest value, in nanoseconds if a time; 0 or more
 * @param most the largest value, in the same unit; not less than {@code least}
 */
record Span(long least, long most) {

    /** Always the same value. */
    static Span of(long value) {
        return new Span(value, value);
    }

    /** A value of the range, all equally likely; a fixed one uses no chance. */
    long draw(RandomGenerator random) {
        return least == most ? least : random.nextLong(least, most + 1);
    }
}
