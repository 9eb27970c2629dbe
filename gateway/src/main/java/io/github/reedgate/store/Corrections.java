package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be corrected on disk and is not yet, oldest first. Owned by the store thread. */
final class Corrections {

    private final Deque<Correction> waiting = new ArrayDeque<>();
    private Correction.Place at = Correction.Place.START;

    void add(Correction wanted) {
        waiting.add(wanted);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** What is to be noted of them, so that what is cut off is finished at the next start. */
    String note() {
        return note(0);
    }

    private String note(int done) {
        return Renumbering.note(waiting.stream()
                .skip(done)
                .filter(Renumbering.class::isInstance)
                .map(Renumbering.class::cast)
                .toList());
    }

    /**
     * Corrects a page of what is on disk.
     *
     * @return true if one of the corrections is done with that
     * @throws StoreException if it can't be written now; it is tried again with the next call
     */
    boolean applyPage(EventStore store) throws StoreException {
        if (waiting.isEmpty()) {
            return false;
        }
        at = store.correct(waiting.element(), at, note(1));
        if (!at.isEnd()) {
            return false;
        }
        waiting.remove();
        at = Correction.Place.START;
        return true;
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
