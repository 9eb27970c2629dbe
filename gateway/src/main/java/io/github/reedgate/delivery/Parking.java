package io.github.reedgate.delivery;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The topics that the broker refused: each waits for a while, then one of its messages is tried again. Owned by the loop
 * thread; time is an argument.
 */
final class Parking {

    private final Duration parkTime;
    private final Map<String, Park> parked = new HashMap<>();

    /** When to try a topic again, whether a try is on its way, and whether somebody was told of the refusal. */
    private record Park(long retryNanos, boolean trying, boolean told) {}

    Parking(Duration parkTime) {
        this.parkTime = parkTime;
    }

    boolean holds(String topic) {
        return parked.containsKey(topic);
    }

    /** Lets a topic go; returns false if it was not parked. */
    boolean release(String topic) {
        return parked.remove(topic) != null;
    }

    /**
     * Parks a topic, or keeps it parked.
     *
     * @param isRefusal true if the broker said no, false if it did not answer
     * @return true if somebody should be told of a refusal now
     */
    boolean park(String topic, boolean isRefusal, long nowNanos) {
        return park(topic, isRefusal, nowNanos, parkTime);
    }

    /** The same for a time of its own. */
    boolean park(String topic, boolean isRefusal, long nowNanos, Duration wait) {
        Park before = parked.get(topic);
        boolean told = before != null && before.told();
        parked.put(topic, new Park(nowNanos + wait.toNanos(), false, told || isRefusal));
        return isRefusal && !told;
    }

    /** The connection ended: no try is on its way any more, and a topic that only got no answer is free. */
    void connectionEnded() {
        parked.values().removeIf(park -> !park.told());
        parked.replaceAll((topic, park) -> new Park(park.retryNanos(), false, true));
    }

    /** When the first try is due; empty if none is to be made. */
    OptionalLong deadlineNanos() {
        return parked.values().stream()
                .filter(park -> !park.trying())
                .mapToLong(Park::retryNanos)
                .reduce((a, b) -> a - b < 0 ? a : b);
    }

    /** The topics to be tried now. */
    List<String> due(long nowNanos) {
        return parked.entrySet().stream()
                .filter(entry -> !entry.getValue().trying()
                        && nowNanos - entry.getValue().retryNanos() >= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A try of a parked topic is on its way. */
    void trying(String topic) {
        parked.computeIfPresent(topic, (key, park) -> new Park(park.retryNanos(), true, park.told()));
    }
}
