package io.github.reedgate.monitor.record;

import java.util.List;

/**
 * What a transaction did with a batch. Immutable.
 *
 * @param inserted events that were not in the history before
 * @param duplicates how many were
 * @param renumbered events that were in the history under another number
 * @param conflicts events whose number another event has
 * @param refused values for which there was no room; they are stored as rejected messages
 */
public record Outcome(
        List<RecordedEvent> inserted,
        int duplicates,
        List<RecordedEvent> renumbered,
        List<Conflict> conflicts,
        List<RejectedMessage> refused) {

    /** Copies the lists. */
    public Outcome {
        inserted = List.copyOf(inserted);
        renumbered = List.copyOf(renumbered);
        conflicts = List.copyOf(conflicts);
        refused = List.copyOf(refused);
    }

    /** An outcome without refused values. */
    public Outcome(
            List<RecordedEvent> inserted, int duplicates, List<RecordedEvent> renumbered, List<Conflict> conflicts) {
        this(inserted, duplicates, renumbered, conflicts, List.of());
    }
}
