package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be corrected on disk and is not yet, oldest first. Owned by the store thread. */
final class Corrections {

    private final Deque<Correction> waiting = new ArrayDeque<>();

    void add(Correction wanted) {
        waiting.add(wanted);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * Corrects what is on disk.
     *
     * @return true if anything was to be corrected
     * @throws StoreException if it can't be written now; what is left then waits
     */
    boolean apply(EventStore store) throws StoreException {
        boolean any = !waiting.isEmpty();
        while (!waiting.isEmpty()) {
            store.correct(waiting.element());
            waiting.remove();
        }
        return any;
    }

    /** A message as it is on disk, with what could not be corrected there yet. */
    Outbox.Entry corrected(Outbox.Entry stored) {
        Outbox.Entry entry = stored;
        for (Correction each : waiting) {
            entry = each.corrected(entry, null);
        }
        return entry;
    }
}
