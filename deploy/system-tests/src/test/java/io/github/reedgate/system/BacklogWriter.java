package io.github.reedgate.system;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.Topics;
import io.github.reedgate.store.Batch;
import io.github.reedgate.store.Bounds;
import io.github.reedgate.store.EventStore;
import io.github.reedgate.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process that leaves a state folder as a long outage does: events of doors in the log, and for each the message that
 * still waits for the broker. Written by the gateway's own store, as playing so many moves would take hours.
 */
final class BacklogWriter {

    private static final int BATCH = 1_000;
    private static final int DOORS = 4;
    private static final long EVERY_MILLIS = 10_000;
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Messages MESSAGES = new Messages(Topics.of("reedgate", "home"));

    private BacklogWriter() {}

    /** Arguments: the state folder, and how many events; they have the numbers from 1 on. */
    public static void main(String[] arguments) throws StoreException {
        int count = Integer.parseInt(arguments[1]);
        try (EventStore store = EventStore.open(Path.of(arguments[0]), Bounds.DEFAULT)) {
            for (int first = 1; first <= count; first += BATCH) {
                store.commit(batch(first, Math.min(count, first + BATCH - 1)));
            }
        }
    }

    private static Batch batch(int first, int last) {
        List<Event> events = new ArrayList<>();
        List<Outbox.Entry> waiting = new ArrayList<>();
        for (int seq = first; seq <= last; seq++) {
            Event event = event(seq);
            events.add(event);
            waiting.add(new Outbox.Entry(seq, MESSAGES.event(event), Priority.ROUTINE));
        }
        return new Batch(events, waiting, List.of());
    }

    private static Event event(int seq) {
        int door = seq / 2 % DOORS;
        boolean open = seq % 2 == 0;
        return new Event(
                open ? EventType.OPENED : EventType.CLOSED,
                new Event.Stamp(
                        "01a00000-0000-7000-8000-" + (100_000_000_000L + seq),
                        seq,
                        1,
                        BEGIN.plusMillis(seq * EVERY_MILLIS),
                        true,
                        seq * EVERY_MILLIS),
                "home",
                "door_" + door,
                "Door " + door,
                open ? "open" : "closed",
                "Door " + door + (open ? " opened" : " closed"),
                Map.of());
    }
}
