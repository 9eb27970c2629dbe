package io.github.reedgate.store;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What is to be corrected on disk and is not yet, oldest first. Owned by the store thread. */
final class Corrections {

    private final Deque<Correction> waiting = new ArrayDeque<>();
    // where the first one goes on; null if it has not begun
    private @Nullable Long at;

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
        Correction first = waiting.element();
        Long before = at;
        long next = store.correct(first, before == null ? first.first() : before, note(1));
        if (next != Correction.END) {
            at = next;
            return false;
        }
        waiting.remove();
        at = null;
        return true;
    }

    /** Whether events are being given other numbers: until that is done the log can't be read by number. */
    boolean isRenumbering() {
        return waiting.stream().anyMatch(Renumbering.class::isInstance);
    }
}
