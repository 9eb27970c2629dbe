package io.github.reedgate.monitor.record;

import java.util.List;

/**
 * What is stored in one transaction. Immutable.
 *
 * @param events events, in the order of their arrival; the same may be in it twice
 * @param values present values of topics, in the order of their arrival
 * @param rejected messages that could not be read
 * @param own what the monitor reports
 * @param published numbers of the monitor's own events that the broker has acknowledged
 * @param gone numbers that gateways no longer have
 */
public record Batch(
        List<RecordedEvent> events,
        List<PresentValue> values,
        List<RejectedMessage> rejected,
        List<OwnEvent> own,
        List<Long> published,
        List<GoneNumbers> gone) {

    /** Copies the lists. */
    public Batch {
        events = List.copyOf(events);
        values = List.copyOf(values);
        rejected = List.copyOf(rejected);
        own = List.copyOf(own);
        published = List.copyOf(published);
        gone = List.copyOf(gone);
    }

    /** A batch without numbers that are gone. */
    public Batch(
            List<RecordedEvent> events,
            List<PresentValue> values,
            List<RejectedMessage> rejected,
            List<OwnEvent> own,
            List<Long> published) {
        this(events, values, rejected, own, published, List.of());
    }

    /** True if there is nothing to store. */
    public boolean isEmpty() {
        return events.isEmpty()
                && values.isEmpty()
                && rejected.isEmpty()
                && own.isEmpty()
                && published.isEmpty()
                && gone.isEmpty();
    }
}
