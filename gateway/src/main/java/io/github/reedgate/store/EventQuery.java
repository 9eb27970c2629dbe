package io.github.reedgate.store;

import io.github.reedgate.event.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which events of the log are wanted: those that fit all of it. Immutable.
 *
 * @param since the earliest time wanted; empty for no bound
 * @param until the first time that is not wanted any more; empty for no bound
 * @param sensors ids of the sensors wanted; empty for all events, those of no sensor too
 * @param types the types wanted; empty for all
 * @param alarmsOnly whether only alarms are wanted
 */
public record EventQuery(
        Optional<Instant> since,
        Optional<Instant> until,
        Set<String> sensors,
        Set<EventType> types,
        boolean alarmsOnly) {

    /** Every event. */
    public static final EventQuery ALL = new EventQuery(Optional.empty(), Optional.empty(), Set.of(), Set.of(), false);

    /** Copies the sets. */
    public EventQuery {
        sensors = Set.copyOf(sensors);
        types = Set.copyOf(types);
    }

    /** A condition of SQL and the values of its question marks, in order. */
    record Condition(String sql, List<Object> values) {}

    /** What a row of the table {@code event} has to meet. */
    Condition condition() {
        List<String> parts = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        since.ifPresent(time -> {
            parts.add("time_ms >= ?");
            values.add(time.toEpochMilli());
        });
        until.ifPresent(time -> {
            parts.add("time_ms < ?");
            values.add(time.toEpochMilli());
        });
        addOneOf("sensor", sensors, parts, values);
        addOneOf("type", types.stream().map(EventType::word).toList(), parts, values);
        if (alarmsOnly) {
            parts.add("alarm = 1");
        }
        return new Condition(parts.isEmpty() ? "1" : String.join(" AND ", parts), values);
    }

    private static void addOneOf(String column, Collection<String> words, List<String> parts, List<Object> values) {
        if (!words.isEmpty()) {
            parts.add(column + " IN (" + String.join(",", Collections.nCopies(words.size(), "?")) + ")");
            values.addAll(words);
        }
    }
}
