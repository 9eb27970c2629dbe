package io.github.reedgate.store;

import io.github.reedgate.delivery.DeliveryState;
import io.github.reedgate.event.LogRow;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is written in one transaction. Immutable.
 *
 * @param events for the log
 * @param delivery which events the broker needs no more, or null if that has not changed
 * @param snapshot what the gateway must still know after a restart, or null if that has not changed
 * @param notices what has changed of the notifications that wait
 * @param notes values to be stored, by name; they replace those of the same name
 */
public record Batch(
        List<LogRow> events,
        @Nullable DeliveryState delivery,
        @Nullable String snapshot,
        NoticeChange notices,
        Map<String, String> notes) {

    /** A batch of events and a state of delivery. */
    public Batch(List<LogRow> events, @Nullable DeliveryState delivery) {
        this(events, delivery, null);
    }

    /** The same with what must be known after a restart. */
    public Batch(List<LogRow> events, @Nullable DeliveryState delivery, @Nullable String snapshot) {
        this(events, delivery, snapshot, NoticeChange.NONE, Map.of());
    }

    /** Copies the collections. */
    public Batch {
        events = List.copyOf(events);
        notes = Map.copyOf(notes);
    }

    /** True if there is nothing to write. */
    public boolean isEmpty() {
        return events.isEmpty() && delivery == null && snapshot == null && notices.isEmpty() && notes.isEmpty();
    }
}
