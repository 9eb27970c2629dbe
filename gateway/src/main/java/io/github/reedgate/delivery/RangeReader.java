package io.github.reedgate.delivery;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A temporary reader over a range of the event log: takes pages and gives rows in order, and knows in the end which numbers the log does not
 * have. A page that is not complete proves nothing about the numbers without a row. Owned by the loop thread; does not survive a restart.
 */
final class RangeReader {

    private final SeqRange range;
    private final Deque<LogRow> rows = new ArrayDeque<>();
    private final AckSet present = new AckSet();
    private long nextSeq;
    private boolean complete = true;

    /**
     * A reader at the beginning.
     *
     * @param range may be empty; ends at the newest number that was recorded when it was asked for, or below
     */
    RangeReader(SeqRange range) {
        this.range = range;
        this.nextSeq = range.from();
    }

    SeqRange range() {
        return range;
    }

    /** The part of the range that is not read yet; empty if all is. */
    Optional<SeqRange> unread() {
        SeqRange rest = new SeqRange(nextSeq, range.to());
        return rest.isEmpty() ? Optional.empty() : Optional.of(rest);
    }

    /** Takes a page of {@link #unread}. Rows outside of what it covers are ignored. */
    void loaded(LogPage page) {
        complete &= page.complete();
        for (LogRow row : page.rows()) {
            if (row.seq() >= nextSeq && page.covered().contains(row.seq()) && range.contains(row.seq())) {
                rows.add(row);
            }
        }
        nextSeq = Math.max(nextSeq, page.covered().to() + 1);
    }

    /** Takes the next row; empty if none is at hand. */
    Optional<LogRow> next() {
        return Optional.ofNullable(rows.poll());
    }

    /** Whether a row is at hand. */
    boolean hasRows() {
        return !rows.isEmpty();
    }

    /** A row's event was handed over: its number is not missing. */
    void handedOver(LogRow row) {
        present.add(row.seq());
    }

    /** True if the whole range was read and all its rows were taken. */
    boolean isDone() {
        return unread().isEmpty() && rows.isEmpty();
    }

    /** False if a part of the log could not be read. */
    boolean isComplete() {
        return complete;
    }

    /** The parts of the range that the log does not have, lowest first; means something only if it is done and complete. */
    List<SeqRange> missing() {
        return range.isEmpty() ? List.of() : present.gaps(range);
    }
}
