package io.github.reedgate.monitor.supervision;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the supervision left out because of a bound, since the monitor started. Immutable.
 *
 * @param ids ids of gateways that are not supervised, {@value #MOST_IDS} at most
 * @param messages how many messages of these were left out
 * @param events how many alarm lines were dropped that the broker had not acknowledged
 * @param toldEvents how many of these were reported
 * @param toldNanos when that was, on the monotonic clock, or null
 */
record LeftOut(
        SortedSet<String> ids,
        long messages,
        long events,
        long toldEvents,
        @Nullable Long toldNanos) {

    static final LeftOut NONE = new LeftOut(Collections.emptySortedSet(), 0, 0, 0, null);

    private static final int MOST_IDS = 10_000;

    /** The same after one more message of a gateway that is not supervised. */
    LeftOut message(String gateway) {
        if (ids.contains(gateway) || ids.size() >= MOST_IDS) {
            return new LeftOut(ids, messages + 1, events, toldEvents, toldNanos);
        }
        SortedSet<String> more = new TreeSet<>(ids);
        more.add(gateway);
        return new LeftOut(Collections.unmodifiableSortedSet(more), messages + 1, events, toldEvents, toldNanos);
    }

    /** The same after a gateway is supervised, because another made room. */
    LeftOut without(String gateway) {
        if (!ids.contains(gateway)) {
            return this;
        }
        SortedSet<String> fewer = new TreeSet<>(ids);
        fewer.remove(gateway);
        return new LeftOut(Collections.unmodifiableSortedSet(fewer), messages, events, toldEvents, toldNanos);
    }

    /** The same after one more alarm line was dropped. */
    LeftOut event() {
        return new LeftOut(ids, messages, events + 1, toldEvents, toldNanos);
    }

    /** The same after the dropped alarm lines were reported. */
    LeftOut told(long nanos) {
        return new LeftOut(ids, messages, events, events, nanos);
    }
}
