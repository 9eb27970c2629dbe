package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventId;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events and messages as the core makes them, by their number. */
final class Samples {

    static final Instant START = Instant.parse("2026-11-22T21:00:00Z");
    static final Messages MESSAGES = new Messages(Topics.of("reedgate", "home"));

    private Samples() {}

    /** Event of a number: the front door opens at odd ones, closes at even ones, a second after the one before. */
    static Event event(long seq) {
        boolean open = seq % 2 == 1;
        return event(seq, open ? EventType.OPENED : EventType.CLOSED, "front_door", open ? "open" : "closed");
    }

    static Event event(long seq, EventType type, String sensor, String state) {
        return at(seq, 1, START.plusSeconds(seq), true, type, sensor, state);
    }

    static Event at(Instant time, long seq) {
        return at(seq, 1, time, true, EventType.OPENED, "front_door", "open");
    }

    static Event notSynced(long boot, long seq, Instant time) {
        return at(seq, boot, time, false, EventType.OPENED, "front_door", "open");
    }

    @SuppressWarnings("checkstyle:ParameterNumber")
    private static Event at(
            long seq, long boot, Instant time, boolean synced, EventType type, String sensor, String state) {
        return new Event(
                type,
                new Event.Stamp(EventId.of(time, 7, seq), seq, boot, time, synced, seq * 1_000),
                "home",
                sensor,
                "Front door",
                state,
                "Front door " + type.word(),
                Map.of());
    }

    static Outbox.Entry routine(long id, Event event) {
        return new Outbox.Entry(id, MESSAGES.event(event), Priority.ROUTINE);
    }

    /** The entry as it comes from the disk: what is read there was late. */
    static Outbox.Entry late(Outbox.Entry entry) {
        return new Outbox.Entry(entry.id(), Messages.replayed(entry.message()), entry.priority());
    }

    static Outbox.Entry alarm(long id, Event event) {
        return new Outbox.Entry(id, MESSAGES.alarm(event.message() + ", 22:00:00", event), Priority.ALARM);
    }

    /** An event and its routine message under the same number. */
    static Batch batch(long seq) {
        return new Batch(List.of(event(seq)), List.of(routine(seq, event(seq))), List.of());
    }
}
