package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import io.github.reedgate.message.QoS;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is written in one transaction. Immutable.
 *
 * @param events for the log
 * @param added messages that wait for the broker from now on; only such as are not retained and have QoS 1
 * @param removed ids of messages that wait no longer; unknown ones are ignored. One that is added here too is not written.
 * @param snapshot what the gateway must still know after a restart, or null if that has not changed
 * @param notices what has changed of what waits to be told beside the broker
 * @param notes values to be kept, by name; they replace those of the same name
 */
public record Batch(
        List<Event> events,
        List<Outbox.Entry> added,
        List<Long> removed,
        @Nullable String snapshot,
        NoticeChange notices,
        Map<String, String> notes) {

    /** A batch without notes. */
    public Batch(
            List<Event> events,
            List<Outbox.Entry> added,
            List<Long> removed,
            @Nullable String snapshot,
            NoticeChange notices) {
        this(events, added, removed, snapshot, notices, Map.of());
    }

    /** A batch in which no notice is new or gone. */
    public Batch(List<Event> events, List<Outbox.Entry> added, List<Long> removed, @Nullable String snapshot) {
        this(events, added, removed, snapshot, NoticeChange.NONE);
    }

    /** A batch in which nothing new must be known after a restart. */
    public Batch(List<Event> events, List<Outbox.Entry> added, List<Long> removed) {
        this(events, added, removed, null);
    }

    /** Checks the messages and copies the lists. */
    public Batch {
        events = List.copyOf(events);
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        notes = Map.copyOf(notes);
        for (Outbox.Entry entry : added) {
            if (entry.message().retain() || entry.message().qos() != QoS.AT_LEAST_ONCE) {
                throw new IllegalArgumentException("message on "
                        + entry.message().topic() + " is retained or not of QoS 1; only others wait in the store");
            }
        }
    }

    /** True if there is nothing to write. */
    public boolean isEmpty() {
        return events.isEmpty()
                && added.isEmpty()
                && removed.isEmpty()
                && snapshot == null
                && notices.isEmpty()
                && notes.isEmpty();
    }
}
