package io.github.reedgate.monitor.record;

import java.util.List;

/**
 * Which numbers of one gateway are in the history, and which are missing. Owned by one thread.
 *
 * <p>A number is expected from the first that was seen up to the highest that is known to exist: the highest in the history, or
 * the gateway's watermark. The broker delivers the watermark behind the events that it speaks of, so an event below it that
 * is not here did not come. Numbers that the gateway declared as skipped, or has no more, are not missing.
 */
public final class Coverage {

    private final NumberRanges present = new NumberRanges();
    private final NumberRanges declared = new NumberRanges();
    private final NumberRanges gone = new NumberRanges();
    private long first;
    private long watermark;
    private long prunedTo;

    /** A gateway of which nothing is known. */
    public Coverage() {}

    /** Numbers that are in the history. */
    public void present(NumberRange range) {
        if (!range.isEmpty()) {
            present.add(range);
            first = first == 0 ? range.from() : Math.min(first, range.from());
        }
    }

    /** Numbers that the gateway declared as not used. */
    public void declared(NumberRange range) {
        declared.add(range);
    }

    /** Numbers that the gateway has no more. */
    public void gone(NumberRange range) {
        gone.add(range);
    }

    /** Numbers up to this one were pruned here; 0 if none was. */
    public void pruned(long to) {
        prunedTo = Math.max(prunedTo, to);
    }

    /** The numbers up to which events were pruned; empty if none was. Some of them may be present. */
    public NumberRange pruned() {
        return new NumberRange(1, prunedTo);
    }

    /** The gateway's watermark: the broker has all events up to it. Of a new gateway, the recording begins behind it. */
    public void watermark(long number) {
        if (first == 0) {
            first = number + 1;
        }
        watermark = Math.max(watermark, number);
    }

    /** The gateway's watermark; 0 if none is known. */
    public long watermark() {
        return watermark;
    }

    /** Sets the lowest number that is expected, as the history has it; 0 for none. */
    public void first(long number) {
        first = number;
    }

    /** The lowest number that is expected; 0 if nothing is known of the gateway. */
    public long first() {
        return first;
    }

    /** The highest number that is expected; below {@link #first} if none is. */
    public long last() {
        return Math.max(present.highest(), watermark);
    }

    /** The numbers that are expected. */
    public NumberRange expected() {
        return first == 0 ? NumberRange.NONE : new NumberRange(first, last());
    }

    /** The numbers that are in the history. */
    public NumberRanges present() {
        return present;
    }

    /** The numbers that the gateway declared as not used; some of them may be present. */
    public NumberRanges declared() {
        return declared;
    }

    /** The numbers that the gateway has no more; some of them may be present. */
    public NumberRanges gone() {
        return gone;
    }

    /** The missing numbers, in order. Those above the watermark may still be on their way: an alarm overtakes a backlog. */
    public List<NumberRange> missing() {
        return known().lacking(expected());
    }

    /** Those of the missing numbers that can't be on their way any more, in order. */
    public List<NumberRange> lost() {
        return first == 0 ? List.of() : known().lacking(new NumberRange(first, watermark));
    }

    private NumberRanges known() {
        NumberRanges known = new NumberRanges(present);
        declared.all().forEach(known::add);
        gone.all().forEach(known::add);
        known.add(pruned());
        return known;
    }
}
