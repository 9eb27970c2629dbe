package io.github.reedgate.demo;

import io.github.reedgate.demo.Arrival.SeenEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Everything that one subscriber got, in order. Safe for use by any thread. */
final class Received {

    private final List<Arrival> all = new ArrayList<>(); // guarded by this

    synchronized void add(Arrival arrival) {
        all.add(arrival);
        notifyAll();
    }

    synchronized List<Arrival> all() {
        return List.copyOf(all);
    }

    /** Waits until what was received satisfies the condition; false if it does not within the limit. */
    synchronized boolean await(Predicate<Received> condition, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.test(this)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    List<Arrival> on(String topicLevel) {
        return all().stream().filter(arrival -> arrival.endsWith(topicLevel)).toList();
    }

    /** The newest payload on a topic that ends with these levels; empty text if there is none. */
    String lastOn(String topicLevels) {
        List<Arrival> on = on(topicLevels);
        return on.isEmpty() ? "" : on.get(on.size() - 1).payload();
    }

    /** The events in the order of their first arrival; repeats of an id are left out. */
    List<SeenEvent> events() {
        Map<String, SeenEvent> unique = new LinkedHashMap<>();
        on("event").forEach(arrival -> unique.putIfAbsent(arrival.event().id(), arrival.event()));
        return List.copyOf(unique.values());
    }

    long events(String type) {
        return events().stream().filter(event -> event.type().equals(type)).count();
    }

    /** How many events came again, with an id known already. */
    int repeats() {
        return on("event").size() - events().size();
    }
}
