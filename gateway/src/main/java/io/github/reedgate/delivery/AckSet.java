package io.github.reedgate.delivery;

import io.github.reedgate.event.SeqRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set of event numbers, stored as intervals: those that are settled, because they were acknowledged, or need not be sent. Small even
 * for millions of numbers, if they have few gaps. Owned by one thread; the owner decides what survives a restart.
 */
public final class AckSet {

    // the end of each interval, by its beginning; intervals neither overlap nor touch
    private final TreeMap<Long, Long> intervals = new TreeMap<>();

    /** Adds a number. */
    public void add(long seq) {
        add(new SeqRange(seq, seq));
    }

    /** Adds all numbers of a range; an empty range changes nothing. Numbers may be there already. */
    public void add(SeqRange range) {
        if (range.isEmpty()) {
            return;
        }
        long from = range.from();
        long to = range.to();
        Map.Entry<Long, Long> before = intervals.floorEntry(from);
        if (before != null && touches(before.getValue(), from)) {
            from = before.getKey();
            to = Math.max(to, before.getValue());
        }
        Map.Entry<Long, Long> next = intervals.higherEntry(from);
        while (next != null && touches(to, next.getKey())) {
            intervals.remove(next.getKey());
            to = Math.max(to, next.getValue());
            next = intervals.higherEntry(from);
        }
        intervals.put(from, to);
    }

    /** Whether an interval that ends there joins one that begins there. */
    private static boolean touches(long end, long begin) {
        return end >= begin || end + 1 == begin;
    }

    /** Takes all numbers of a range out; the others stay, also those above it. */
    public void remove(SeqRange range) {
        if (range.isEmpty()) {
            return;
        }
        for (SeqRange part : within(range)) {
            Map.Entry<Long, Long> around = intervals.floorEntry(part.from());
            if (around == null) {
                continue;
            }
            intervals.remove(around.getKey());
            if (around.getKey() < part.from()) {
                intervals.put(around.getKey(), part.from() - 1);
            }
            if (around.getValue() > part.to()) {
                intervals.put(part.to() + 1, around.getValue());
            }
        }
    }

    /** Whether a number is in the set. */
    public boolean contains(long seq) {
        Map.Entry<Long, Long> before = intervals.floorEntry(seq);
        return before != null && before.getValue() >= seq;
    }

    /** The highest number below which no number from {@code first} on is lacking; {@code first - 1} if {@code first} itself lacks. */
    public long upTo(long first) {
        Map.Entry<Long, Long> before = intervals.floorEntry(first);
        return before != null && before.getValue() >= first ? before.getValue() : first - 1;
    }

    /** The intervals, lowest first; may be empty. */
    public List<SeqRange> intervals() {
        List<SeqRange> all = new ArrayList<>();
        intervals.forEach((from, to) -> all.add(new SeqRange(from, to)));
        return all;
    }

    /** The parts of a range whose numbers are in the set, lowest first; may be empty. */
    public List<SeqRange> within(SeqRange range) {
        List<SeqRange> parts = new ArrayList<>();
        Long begin = intervals.floorKey(range.from());
        for (Map.Entry<Long, Long> each :
                intervals.tailMap(begin == null ? range.from() : begin, true).entrySet()) {
            if (each.getKey() > range.to()) {
                break;
            }
            SeqRange part = new SeqRange(Math.max(each.getKey(), range.from()), Math.min(each.getValue(), range.to()));
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** The parts of a range whose numbers are not in the set, lowest first; may be empty. */
    public List<SeqRange> gaps(SeqRange range) {
        List<SeqRange> gaps = new ArrayList<>();
        long next = range.from();
        for (SeqRange part : within(range)) {
            if (part.from() > next) {
                gaps.add(new SeqRange(next, part.from() - 1));
            }
            if (part.to() == range.to()) {
                return gaps;
            }
            next = part.to() + 1;
        }
        if (next <= range.to()) {
            gaps.add(new SeqRange(next, range.to()));
        }
        return gaps;
    }
}
