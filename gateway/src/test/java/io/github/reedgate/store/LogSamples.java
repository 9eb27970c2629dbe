package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.file.FolderTemplate;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores for tests of those who read them. Stateless. */
public final class LogSamples {

    /** When the event with the number 0 would have happened; each next one is a minute later. */
    public static final Instant START = Instant.parse("2026-11-22T21:00:00Z");

    private static final Messages MESSAGES = new Messages(Topics.of("reedgate", "home"));
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

    /** The alarm that tells an event, waiting. */
    public static Outbox.Entry alarm(long entry, Event event) {
        return new Outbox.Entry(entry, MESSAGES.alarm("Alarm: " + event.message(), event), Priority.ALARM);
    }

    /** An event, waiting. */
    public static Outbox.Entry routine(long entry, Event event) {
        return new Outbox.Entry(entry, MESSAGES.event(event), Priority.ROUTINE);
    }

    /** Lays a store that a gateway has left empty into a folder. */
    public static void layEmpty(Path folder) throws Exception {
        EMPTY.copyTo(folder);
    }

    /** Opens the store as a gateway does; the caller closes it. */
    public static EventStore open(Path folder) throws StoreException {
        return EventStore.open(folder, BOUNDS);
    }

    /** Adds events and closes the store, as a gateway that stops in order; an event of an alarm is followed by it. */
    public static void keep(Path folder, List<Event> events, List<Outbox.Entry> waiting) throws StoreException {
        try (EventStore store = open(folder)) {
            store.commit(new Batch(events, waiting, List.of()));
        }
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
                List.of(alarm(1, opened)));
    }

    /** Which events, with everything else left open. */
    public static EventQuery between(@Nullable Instant since, @Nullable Instant until) {
        return new EventQuery(Optional.ofNullable(since), Optional.ofNullable(until), Set.of(), Set.of(), false);
    }
}
