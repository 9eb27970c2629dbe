package io.github.reedgate.store;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What waits for the broker, as a reader sees it at one moment. Immutable.
 *
 * @param alarms how many alarms, and events behind alarms, wait
 * @param routine how many others wait
 * @param oldest the one that has waited longest; empty if none waits
 * @param newest the one added last; empty if none waits
 * @param bytes how much of the disk the store takes
 * @param notes what else the gateway wrote down for readers, by name; may be empty
 */
public record Backlog(
        long alarms,
        long routine,
        Optional<Waiting> oldest,
        Optional<Waiting> newest,
        long bytes,
        Map<String, String> notes) {

    /** Copies the notes. */
    public Backlog {
        notes = Map.copyOf(notes);
    }

    /** How many messages wait. */
    public long depth() {
        return alarms + routine;
    }

    /**
     * A message that waits.
     *
     * @param topic where it will go
     * @param seq number of its event; 0 if it has none
     * @param time when its event happened; empty if that is not known
     * @param clockSynced whether the wall clock could be trusted then
     */
    public record Waiting(String topic, long seq, Optional<Instant> time, boolean clockSynced) {}
}
