package io.github.reedgate.monitor.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A set of event numbers, as ranges that neither overlap nor touch. Owned by one thread. */
public final class NumberRanges {

    private final NavigableMap<Long, Long> ranges = new TreeMap<>();

    /** No number. */
    public NumberRanges() {}

    /** The same numbers as another set. */
    public NumberRanges(NumberRanges other) {
        ranges.putAll(other.ranges);
    }

    /** Adds numbers; does nothing for an empty range. */
    public void add(NumberRange range) {
        if (range.isEmpty()) {
            return;
        }
        long from = range.from();
        long to = range.to();
        Map.Entry<Long, Long> before = ranges.floorEntry(from);
        if (before != null && before.getValue() >= from - 1) {
            from = before.getKey();
            to = Math.max(to, before.getValue());
        }
        Map.Entry<Long, Long> next = ranges.ceilingEntry(from);
        while (next != null && next.getKey() <= to + 1) {
            to = Math.max(to, next.getValue());
            ranges.remove(next.getKey());
            next = ranges.ceilingEntry(from);
        }
        ranges.put(from, to);
    }

    /** True if the number is in the set. */
    public boolean contains(long number) {
        Map.Entry<Long, Long> before = ranges.floorEntry(number);
        return before != null && before.getValue() >= number;
    }

    /** True if the set has no number. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** The highest number; 0 if there is none. */
    public long highest() {
        return ranges.isEmpty() ? 0 : ranges.lastEntry().getValue();
    }

    /** How many ranges the set has. */
    public int size() {
        return ranges.size();
    }

    /** How many numbers the set has. */
    public long count() {
        long sum = 0;
        for (Map.Entry<Long, Long> range : ranges.entrySet()) {
            sum += range.getValue() - range.getKey() + 1;
        }
        return sum;
    }

    /** How many numbers of a range are in the set. */
    public long countWithin(NumberRange within) {
        long lacking = 0;
        for (NumberRange range : lacking(within)) {
            lacking += range.count();
        }
        return within.count() - lacking;
    }

    /** The parts of a range that are not in the set, in order; empty if all of it is. */
    public List<NumberRange> lacking(NumberRange within) {
        List<NumberRange> lacking = new ArrayList<>();
        long next = within.from();
        Long first = ranges.floorKey(within.from());
        for (Map.Entry<Long, Long> range :
                ranges.tailMap(first == null ? within.from() : first, true).entrySet()) {
            if (range.getKey() > within.to()) {
                break;
            }
            if (range.getKey() > next) {
                lacking.add(new NumberRange(next, range.getKey() - 1));
            }
            next = Math.max(next, range.getValue() + 1);
        }
        if (next <= within.to()) {
            lacking.add(new NumberRange(next, within.to()));
        }
        return lacking;
    }

    /** The ranges, in order. */
    public List<NumberRange> all() {
        List<NumberRange> all = new ArrayList<>();
        ranges.forEach((from, to) -> all.add(new NumberRange(from, to)));
        return all;
    }
}
