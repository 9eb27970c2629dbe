package io.github.reedgate.monitor.record;

/**
 * Event numbers that follow each other. Immutable.
 *
 * @param from the first
 * @param to the last; below {@code from} if there is none
 */
public record NumberRange(long from, long to) {

    /** No number. */
    public static final NumberRange NONE = new NumberRange(1, 0);

    /** True if it has no number. */
    public boolean isEmpty() {
        return to < from;
    }

    /** How many numbers it has. */
    public long count() {
        return isEmpty() ? 0 : to - from + 1;
    }

    /** {@code 7} or {@code 7 to 9}. */
    @Override
    public String toString() {
        return from == to ? Long.toString(from) : from + " to " + to;
    }
}
