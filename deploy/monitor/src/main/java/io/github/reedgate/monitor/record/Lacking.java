package io.github.reedgate.monitor.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Remembers since when each missing number of one gateway has been missing. Owned by the recorder's thread; it survives no restart. */
final class Lacking {

    private List<Part> parts = List.of();

    /** Numbers that have been missing since the same moment of the monotonic clock. */
    private record Part(NumberRange range, long sinceNanos) {}

    /** Notes which numbers are missing now: those that were not before have been so since now. */
    void note(List<NumberRange> missing, long nowNanos) {
        parts = parts(missing, nowNanos);
    }

    /**
     * The numbers that can't be on their way any more, in order.
     *
     * @param coverage of the gateway
     * @param patience how long a number above the watermark may be missing before it counts
     */
    List<NumberRange> certain(Coverage coverage, Duration patience, long nowNanos) {
        NumberRanges certain = new NumberRanges();
        coverage.lost().forEach(certain::add);
        for (Part part : parts(coverage.missing(), nowNanos)) {
            if (nowNanos - part.sinceNanos() >= patience.toNanos()) {
                certain.add(part.range());
            }
        }
        return certain.all();
    }

    /** Goes through both in order: a missing number keeps its moment if it was missing before. */
    private List<Part> parts(List<NumberRange> missing, long nowNanos) {
        List<Part> now = new ArrayList<>();
        int former = 0;
        for (NumberRange range : missing) {
            long next = range.from();
            while (former < parts.size() && parts.get(former).range().to() < next) {
                former++;
            }
            while (former < parts.size() && parts.get(former).range().from() <= range.to()) {
                Part known = parts.get(former);
                long from = Math.max(next, known.range().from());
                long to = Math.min(range.to(), known.range().to());
                add(now, new NumberRange(next, from - 1), nowNanos);
                add(now, new NumberRange(from, to), known.sinceNanos());
                next = to + 1;
                if (known.range().to() > range.to()) {
                    break;
                }
                former++;
            }
            add(now, new NumberRange(next, range.to()), nowNanos);
        }
        return now;
    }

    private static void add(List<Part> parts, NumberRange range, long sinceNanos) {
        if (!range.isEmpty()) {
            parts.add(new Part(range, sinceNanos));
        }
    }
}
