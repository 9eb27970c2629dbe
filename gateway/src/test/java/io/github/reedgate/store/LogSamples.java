package io.github.reedgate.store;

import io.github.reedgate.delivery.AckSet;
import io.github.reedgate.delivery.DeliveryState;
import io.github.reedgate.delivery.LogTopic;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.Priority;
import io.github.reedgate.event.SeqRange;
import io.github.reedgate.file.FolderTemplate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Stores for tests of those who read them. Stateless. */
public final class LogSamples {

    /** When the event with the number 0 would have happened; each next one is a minute later. */
    public static final Instant START = Instant.parse("2026-11-22T21:00:00Z");

    private static final Bounds BOUNDS = new Bounds(100_000, Duration.ofDays(400), 256L << 20);

    private static final FolderTemplate EMPTY =
            new FolderTemplate(folder -> open(folder).close());

    private LogSamples() {}

    /** When an event happened. */
    public static Instant time(long seq) {
        return START.plus(Duration.ofMinutes(seq));
    }

    /** An event of a sensor, or of the gateway. */
    public static Event event(long seq, EventType type, @Nullable String sensor) {
        String text = (sensor == null ? "Gateway" : sensor) + " " + type.word();
        return event(stamp(seq, time(seq), true), type, sensor, text);
    }

    /** An event of choice. */
    public static Event event(Event.Stamp stamp, EventType type, @Nullable String sensor, String message) {
        String name = sensor == null ? null : "Name of " + sensor;
        String state = type == EventType.OPENED ? "open" : type == EventType.CLOSED ? "closed" : null;
        return new Event(type, stamp, "home", sensor, name, state, message, Map.of());
    }

    /** Identity and time of an event. */
    public static Event.Stamp stamp(long seq, Instant time, boolean clockSynced) {
        return new Event.Stamp(id(seq), seq, 7, time, clockSynced, 1_000 * seq);
    }

    /** The id of an event. */
    public static String id(long seq) {
        return String.format("00000000-0000-7000-8000-%012d", seq);
    }

    /**
     * A message that waits for the broker.
     *
     * @param topic on which topic
     * @param event the event that it is made of
     */
    public record Waits(LogTopic topic, Event event) {}

    /** The alarm line of an event, waiting. */
    public static Waits alarm(Event event) {
        return new Waits(LogTopic.ALARM, event);
    }

    /** An event, waiting. */
    public static Waits routine(Event event) {
        return new Waits(LogTopic.EVENT, event);
    }

    /** Lays a store that a gateway has left empty into a folder. */
    public static void layEmpty(Path folder) throws Exception {
        EMPTY.copyTo(folder);
    }

    /** Opens the store as a gateway does; the caller closes it. */
    public static EventStore open(Path folder) throws StoreException {
        return EventStore.open(folder, BOUNDS);
    }

    /** Adds events and closes the store, as a gateway that stops in order; those of lines that wait are alarms. */
    public static void keep(Path folder, List<Event> events, List<Waits> waiting) throws StoreException {
        Map<Long, LogRow> rows = new TreeMap<>();
        events.forEach(event -> rows.put(event.stamp().seq(), LogRow.of(event, Priority.ROUTINE)));
        for (Waits each : waiting) {
            boolean isLine = each.topic() == LogTopic.ALARM;
            rows.merge(
                    each.event().stamp().seq(),
                    LogRow.of(each.event(), isLine ? Priority.ALARM : Priority.ROUTINE),
                    (one, other) -> one.hasLine() ? one : other);
        }
        long newest = rows.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        DeliveryState state =
                new DeliveryState(progress(waiting, LogTopic.EVENT, newest), progress(waiting, LogTopic.ALARM, newest));
        try (EventStore store = open(folder)) {
            store.commit(new Batch(
                    List.copyOf(rows.values()),
                    state,
                    null,
                    NoticeChange.NONE,
                    Map.of(Backlog.TOPIC_ROOT, "reedgate/home")));
        }
    }

    private static DeliveryState.Progress progress(List<Waits> waiting, LogTopic topic, long newest) {
        AckSet settled = new AckSet();
        settled.add(new SeqRange(1, newest));
        waiting.stream()
                .filter(each -> each.topic() == topic)
                .map(each -> each.event().stamp().seq())
                .forEach(seq -> settled.remove(new SeqRange(seq, seq)));
        return new DeliveryState.Progress(0, settled.intervals());
    }

    /**
     * The store of most tests: a start at 1, front_door opened (alarm) at 2 and closed at 3, back_door opened at 4, and a
     * fault of it at 5.
     */
    public static void keepUsual(Path folder) throws StoreException {
        Event opened = event(2, EventType.OPENED, "front_door");
        keep(
                folder,
                List.of(
                        event(1, EventType.STARTED, null),
                        opened,
                        event(3, EventType.CLOSED, "front_door"),
                        event(4, EventType.OPENED, "back_door"),
                        event(5, EventType.SENSOR_FAULT, "back_door")),
                List.of(alarm(opened)));
    }

    /** Which events, with everything else left open. */
    public static EventQuery between(@Nullable Instant since, @Nullable Instant until) {
        return new EventQuery(Optional.ofNullable(since), Optional.ofNullable(until), Set.of(), Set.of(), false);
    }
}
