package io.github.reedgate.monitor.record;

import java.util.Map;

/**
 * What pruning removed from the history. Immutable.
 *
 * @param events how many events were removed
 * @param gone the numbers below which nothing is expected any more, by gateway; empty if no event was removed
 * @param rejected how many rejected messages were removed since the last pruning
 * @param conflicts how many conflicts were removed since the last pruning
 */
public record Pruned(long events, Map<String, NumberRange> gone, long rejected, long conflicts) {

    /** Nothing was removed. */
    public static final Pruned NOTHING = new Pruned(0, Map.of(), 0, 0);

    /** Copies the map. */
    public Pruned {
        gone = Map.copyOf(gone);
    }
}
