package io.github.reedgate.monitor.record;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the numbers that are gone until they are reported: once a minute for each gateway, so that a large gap
 * causes no flood of events. Owned by the recorder's thread. Nothing of it survives a restart; the history has the numbers.
 */
final class GoneReports {

    /** How often it is reported of one gateway at most, while more may follow. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    /** Why numbers are gone: the gateway no longer has them. */
    static final String NOT_IN_LOG = "not in the gateway's log";

    /** Why numbers are gone: events around them were removed, so nobody asks for them any more. */
    static final String PRUNED = "the history was pruned before they came";

    private final Map<Key, Sum> sums = new LinkedHashMap<>();

    /** What is counted together. */
    private record Key(String gateway, String reason) {}

    /** What is unreported, and since when. */
    private record Sum(long count, long from, long to, long sinceNanos) {}

    /** Numbers of a gateway are gone for a reason. */
    void add(String gateway, List<NumberRange> ranges, String reason, long nowNanos) {
        Key key = new Key(gateway, reason);
        for (NumberRange range : ranges) {
            Sum former = sums.get(key);
            sums.put(
                    key,
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
        return sums.containsKey(new Key(gateway, NOT_IN_LOG)) || sums.containsKey(new Key(gateway, PRUNED));
    }

    /** The reports on a gateway that are due: the first number was added a minute ago, or no more can follow. */
    List<OwnEvent> due(String gateway, boolean isLast, long nowNanos, long nowMillis) {
        List<OwnEvent> due = new ArrayList<>();
        for (String reason : List.of(NOT_IN_LOG, PRUNED)) {
            due(new Key(gateway, reason), isLast, nowNanos, nowMillis).ifPresent(due::add);
        }
        return due;
    }

    private Optional<OwnEvent> due(Key key, boolean isLast, long nowNanos, long nowMillis) {
        Sum sum = sums.get(key);
        if (sum == null || (!isLast && nowNanos - sum.sinceNanos() < PAUSE.toNanos())) {
            return Optional.empty();
        }
        sums.remove(key);
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("gone", sum.count());
        more.put("from", sum.from());
        more.put("to", sum.to());
        more.put("reason", key.reason());
        return Optional.of(new OwnEvent(
                OwnEvent.Type.GAP_GONE,
                key.gateway(),
                (sum.count() == 1 ? "1 event" : sum.count() + " events") + " of gateway " + key.gateway() + " gone: "
                        + key.reason(),
                more,
                nowMillis));
    }
}
