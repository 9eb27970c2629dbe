package io.github.reedgate.monitor.heal;

import io.github.reedgate.monitor.record.NumberRange;
import java.util.ArrayList;
import java.util.List;

/**
 * The numbers that one request asks for. Immutable.
 *
 * @param range all of them
 * @param lacking those that are missing
 */
record RangeChoice(NumberRange range, List<NumberRange> lacking) {

    /** How many numbers a gateway answers for at most. */
    static final int MOST = 1_000;

    /** Copies the list. */
    RangeChoice {
        lacking = List.copyOf(lacking);
    }

    /**
     * The lowest missing numbers from a number on. Neighbouring gaps are asked for at once if at least half of the numbers
     * are missing, so that many small gaps take few requests.
     *
     * @param missing missing numbers, in order, at least one
     * @param cursor the lowest number wanted; if nothing is missing above it, the choice begins with the lowest again
     */
    static RangeChoice of(List<NumberRange> missing, long cursor) {
        int first = 0;
        while (first < missing.size() && missing.get(first).to() < cursor) {
            first++;
        }
        boolean isOver = first == missing.size();
        int start = isOver ? 0 : first;
        long from = isOver
                ? missing.get(0).from()
                : Math.max(cursor, missing.get(start).from());
        List<NumberRange> lacking = new ArrayList<>();
        long count = 0;
        for (NumberRange each : missing.subList(start, missing.size())) {
            NumberRange part = new NumberRange(Math.max(from, each.from()), Math.min(each.to(), from + MOST - 1));
            boolean isDense = 2 * (count + part.count()) >= part.to() - from + 1;
            if (part.isEmpty() || !isDense) {
                break;
            }
            lacking.add(part);
            count += part.count();
        }
        return new RangeChoice(
                new NumberRange(from, lacking.get(lacking.size() - 1).to()), lacking);
    }
}
