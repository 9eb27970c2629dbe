package io.github.reedgate.store;

import io.github.reedgate.delivery.LogPage;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what others want to know of the event log, from the disk and from what is not on disk yet. It waits while events on disk are
 * corrected, because they would be found with their old numbers or times. Owned by the store thread; blocks for the disk.
 */
final class LogReading {

    /** How many pages may wait to be read; whoever asks has one at a time. */
    private static final int MOST_WAITING = 16;

    private final Unwritten unwritten;
    private final Corrections corrections;
    private final Consumer<StoreEvent> listener;
    private final Consumer<StoreException> failed;
    private final Deque<StoreCommand.ReadLog> pages = new ArrayDeque<>();
    private StoreCommand.@Nullable Recall recalled;

    /**
     * Nothing is wanted yet.
     *
     * @param listener told what was read
     * @param failed told if the disk can't be read
     */
    LogReading(
            Unwritten unwritten,
            Corrections corrections,
            Consumer<StoreEvent> listener,
            Consumer<StoreException> failed) {
        this.unwritten = unwritten;
        this.corrections = corrections;
        this.listener = listener;
        this.failed = failed;
    }

    /** Takes in what is wanted; a newer recall takes the place of one that waits. */
    void take(StoreCommand command) {
        if (command instanceof StoreCommand.Recall recall) {
            recalled = recall;
        } else if (command instanceof StoreCommand.ReadLog read) {
            if (pages.size() == MOST_WAITING) {
                pages.remove(); // nobody waits for it any more
            }
            pages.add(read);
        }
    }

    /**
     * Answers what can be answered now.
     *
     * @param store the store, or null if it can't be opened
     * @param failing whether the disk failed last; then a page is not kept waiting for a correction
     */
    void answer(@Nullable EventStore store, boolean failing) {
        StoreCommand.Recall recall = recalled;
        if (recall != null && corrections.isEmpty()) {
            recalled = null;
            listener.accept(new StoreEvent.Recalled(recall.request(), events(store, recall)));
        }
        while (!pages.isEmpty() && (corrections.isEmpty() || failing)) {
            listener.accept(new StoreEvent.LogRead(page(store, failing, pages.remove())));
        }
    }

    private List<Event> events(@Nullable EventStore store, StoreCommand.Recall recall) {
        try {
            return store == null
                    ? List.of()
                    : store.events(recall.fromSeq(), recall.limit()).stream()
                            .filter(event -> event.stamp().seq() <= recall.toSeq())
                            .toList();
        } catch (StoreException e) {
            failed.accept(e);
            return List.of();
        }
    }

    private LogPage page(@Nullable EventStore store, boolean failing, StoreCommand.ReadLog wanted) {
        SeqRange covered = wanted.range();
        TreeMap<Long, LogRow> rows = new TreeMap<>();
        boolean isComplete = store != null && corrections.isEmpty();
        if (store != null && isComplete) {
            try {
                List<LogRow> read = store.rows(wanted.range(), wanted.limit());
                read.forEach(row -> rows.put(row.seq(), row));
                covered = read.size() < wanted.limit() ? covered : upTo(covered, rows.lastKey());
            } catch (StoreException e) {
                isComplete = false;
                if (!failing) { // or whoever asks again and again would put off the next try to write
                    failed.accept(e);
                }
            }
        }
        // what is in memory is newer, if a failed try to write it had reached the disk after all
        unwritten.eventsIn(covered).forEach(event -> rows.put(event.stamp().seq(), LogRow.of(event, false)));
        List<LogRow> all = new ArrayList<>(rows.values());
        if (all.size() > wanted.limit()) {
            all = all.subList(0, wanted.limit());
            covered = upTo(covered, all.get(all.size() - 1).seq());
        }
        return new LogPage(wanted.request(), covered, all, isComplete);
    }

    private static SeqRange upTo(SeqRange range, long last) {
        return new SeqRange(range.from(), last);
    }
}
