package io.github.reedgate.monitor.history;

import io.github.reedgate.monitor.record.Coverage;
import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.monitor.record.NumberRanges;
import java.util.List;

/**
 * What the history has of one gateway. Immutable.
 *
 * @param gateway id of the gateway
 * @param expected the numbers that are expected; empty if nothing but a state is known
 * @param present how many of them are in the history
 * @param skipped how many are not, because the gateway declared them as not used
 * @param gone how many are not, because the gateway has them no more, or they were pruned here
 * @param missing those that should be there, in order
 * @param conflicts how many events have a number that another event has
 */
public record GatewayReport(
        String gateway,
        NumberRange expected,
        long present,
        long skipped,
        long gone,
        List<NumberRange> missing,
        long conflicts) {

    /** The report on a gateway. */
    public static GatewayReport of(String gateway, Coverage coverage, long conflicts) {
        NumberRange expected = coverage.expected();
        long present = coverage.present().countWithin(expected);
        NumberRanges known = new NumberRanges(coverage.present());
        coverage.declared().all().forEach(known::add);
        long skipped = known.countWithin(expected) - present;
        coverage.gone().all().forEach(known::add);
        known.add(coverage.pruned());
        long gone = known.countWithin(expected) - present - skipped;
        return new GatewayReport(gateway, expected, present, skipped, gone, coverage.missing(), conflicts);
    }

    /** How many events are missing. */
    public long missingCount() {
        return missing.stream().mapToLong(NumberRange::count).sum();
    }
}
