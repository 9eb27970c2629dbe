package io.github.reedgate.monitor.record;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the numbers that gateways no longer have until they are reported: once a minute for each gateway, so that a large gap
 * causes no flood of events. Owned by the recorder's thread. Nothing of it survives a restart; the history has the numbers.
 */
final class GoneReports {

    /** How often it is reported of one gateway at most, while more may follow. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    private final Map<String, Sum> sums = new LinkedHashMap<>();

    /** What is unreported of one gateway, and since when. */
    private record Sum(long count, long from, long to, long sinceNanos) {}

    /** Numbers of a gateway are gone. */
    void add(String gateway, List<NumberRange> ranges, long nowNanos) {
        for (NumberRange range : ranges) {
            Sum former = sums.get(gateway);
            sums.put(
                    gateway,
                    former == null
                            ? new Sum(range.count(), range.from(), range.to(), nowNanos)
                            : new Sum(
                                    former.count() + range.count(),
                                    Math.min(former.from(), range.from()),
                                    Math.max(former.to(), range.to()),
                                    former.sinceNanos()));
        }
    }

    /** True if something of the gateway is unreported. */
    boolean isWaiting(String gateway) {
        return sums.containsKey(gateway);
    }

    /** The report on a gateway, if it is due: the first number was added a minute ago, or no more can follow. */
    Optional<OwnEvent> due(String gateway, boolean isLast, long nowNanos, long nowMillis) {
        Sum sum = sums.get(gateway);
        if (sum == null || (!isLast && nowNanos - sum.sinceNanos() < PAUSE.toNanos())) {
            return Optional.empty();
        }
        sums.remove(gateway);
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("gone", sum.count());
        more.put("from", sum.from());
        more.put("to", sum.to());
        more.put("reason", "not in the gateway's log");
        return Optional.of(new OwnEvent(
                OwnEvent.Type.GAP_GONE,
                gateway,
                (sum.count() == 1 ? "1 event" : sum.count() + " events") + " of gateway " + gateway
                        + " gone: not in the gateway's log",
                more,
                nowMillis));
    }
}
