package io.github.reedgate.event;

/**
 * A range of event numbers. Immutable.
 *
 * @param from the lowest number
 * @param to the highest number, itself included; {@code from - 1} or less if the range is empty
 */
public record SeqRange(long from, long to) {

    /** Whether no number is in the range. */
    public boolean isEmpty() {
        return to < from;
    }

    /** Whether a number is in the range. */
    public boolean contains(long seq) {
        return from <= seq && seq <= to;
    }

    /** Whether the range has more numbers than {@code most}, which is 0 or more; right for all values of {@code long}. */
    public boolean isLongerThan(long most) {
        return !isEmpty() && (to - from < 0 || to - from >= most);
    }
}
