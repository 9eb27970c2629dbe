package io.github.reedgate.monitor.history;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which events are wanted: those that fit all of it. Immutable.
 *
 * @param since the earliest time wanted; empty for no bound
 * @param until the first time that is not wanted any more; empty for no bound
 * @param gateways ids of the gateways wanted; empty for all
 * @param sensors ids of the sensors wanted; empty for all events, those of no sensor too
 * @param types words of the types wanted; empty for all
 * @param text what the message has to contain, in any case of its letters; empty for anything
 */
public record HistoryQuery(
        Optional<Instant> since,
        Optional<Instant> until,
        Set<String> gateways,
        Set<String> sensors,
        Set<String> types,
        String text) {

    /** Copies the sets. */
    public HistoryQuery {
        gateways = Set.copyOf(gateways);
        sensors = Set.copyOf(sensors);
        types = Set.copyOf(types);
    }
}
