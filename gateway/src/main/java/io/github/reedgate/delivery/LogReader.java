package io.github.reedgate.delivery;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * One topic's progress through the event log: which numbers are settled, which are in flight, and the unsettled rows at hand. A number is
 * settled if the broker has acknowledged it, or if a complete page shows that the log has no row for it. <b>A page that could not be read
 * whole settles nothing</b>, and no page reaches above the newest number that was known when it was asked for: otherwise an event that was
 * never sent would count as acknowledged. Owned by the loop thread; never blocks. {@link #progress} survives a restart.
 */
final class LogReader {

    private final LogTopic topic;
    private final LogSource source;
    // unsettled rows at hand, by number; those in flight are among them
    private final TreeMap<Long, LogRow> window = new TreeMap<>();
    private final Set<Long> inFlight = new HashSet<>();
    private AckSet settled;
    // the newest number known
    private long newest;
    // everything up to this number was read, or appended to the window
    private long readTo;
    // the first number that is looked at for sending
    private long next;
    // unsettled rows, as far as they are counted: exact while all of them are in the window
    private long counted;
    // a part of what was read could not be read whole
    private boolean hasHoles;
    private boolean loading;
    private long request;
    private long acknowledgements;
    private OptionalLong mark;

    /**
     * How a reader begins.
     *
     * @param progress what was settled before
     * @param isKnown false if {@code progress} is only assumed, because what was stored is lost or can't be read
     * @param newest the newest number known; 0 if there is none
     * @param unsettled how many rows of this topic wait
     */
    record Begin(DeliveryState.Progress progress, boolean isKnown, long newest, long unsettled) {}

    LogReader(LogTopic topic, LogSource source, Begin begin) {
        this.topic = topic;
        this.source = source;
        this.settled = begin.progress().settled();
        this.newest = Math.max(begin.newest(), upTo());
        this.counted = begin.unsettled();
        this.mark = begin.isKnown() ? OptionalLong.of(upTo()) : OptionalLong.empty();
        this.readTo = begin.unsettled() == 0 ? newest : upTo();
        if (begin.unsettled() == 0) {
            settled.add(new SeqRange(upTo() + 1, newest));
        }
        this.next = upTo() + 1;
    }

    /** The highest number up to which everything is settled. */
    long upTo() {
        return settled.upTo(0);
    }

    /** The same after the last acknowledgement: what is published as the watermark. Empty until there is one, if it was not known. */
    OptionalLong mark() {
        return mark;
    }

    /** Takes a row that was recorded just now. It joins the window if that reaches to the end of the log and has room. */
    void append(LogRow row) {
        long before = newest;
        newest = Math.max(newest, row.seq());
        settled.remove(new SeqRange(row.seq(), row.seq())); // nobody can have acknowledged it, whatever the store says
        boolean isMine = topic.has(row);
        counted += isMine ? 1 : 0;
        if (row.seq() <= before || readTo < before || (isMine && window.size() >= topic.window())) {
            readTo = Math.min(readTo, row.seq() - 1);
            next = Math.min(next, row.seq());
            return;
        }
        settled.add(new SeqRange(before + 1, row.seq() - 1)); // no event ever had these numbers
        if (isMine) {
            window.put(row.seq(), row);
        } else {
            settled.add(row.seq());
        }
        readTo = row.seq();
    }

    /** Whether the rows that are not in flight are all read, and none of them waits. */
    boolean isAllSent() {
        return readTo >= newest && nextAtHand().isEmpty();
    }

    /** The next row to be sent, if it is at hand. Asks for a page if few are left. */
    Optional<LogRow> next() {
        Optional<LogRow> found = nextAtHand();
        long from = found.map(LogRow::seq).orElse(readTo);
        if (found.isEmpty() || readTo - from < topic.page()) {
            fetch();
        }
        return found;
    }

    private Optional<LogRow> nextAtHand() {
        Optional<LogRow> found = atHandFrom(next);
        while (found.isPresent() && inFlight.contains(found.get().seq())) {
            next = found.get().seq() + 1;
            found = atHandFrom(next);
        }
        return found;
    }

    /** The first row at hand from a number on. One above what was read again waits for that, to keep the order. */
    private Optional<LogRow> atHandFrom(long seq) {
        return Optional.ofNullable(window.ceilingEntry(seq))
                .filter(found -> found.getKey() <= readTo)
                .map(Map.Entry::getValue);
    }

    /** The first unsettled row above a number, of those that are at hand. */
    Optional<LogRow> first(long afterSeq) {
        if (atHandFrom(0).isEmpty()) {
            fetch();
        }
        return atHandFrom(afterSeq + 1);
    }

    /** True if a row may come that is not at hand yet. */
    boolean isReading() {
        return loading || readTo < newest;
    }

    private void fetch() {
        boolean hasRoom = window.size() < topic.window() || window.lastKey() > readTo;
        if (!loading && readTo < newest && hasRoom) {
            loading = true;
            source.read(++request, new SeqRange(readTo + 1, newest), topic.page());
        }
    }

    /** Takes what was read. Pages that were asked for before the window was last forgotten are ignored. */
    void loaded(LogPage page) {
        if (!loading || page.request() != request) {
            return;
        }
        loading = false;
        SeqRange covered = page.covered();
        for (LogRow row : page.rows()) {
            if (covered.contains(row.seq()) && topic.has(row) && !settled.contains(row.seq())) {
                window.put(row.seq(), row);
            }
        }
        if (page.complete()) {
            settleAllBut(covered);
        } else {
            hasHoles = true;
        }
        readTo = Math.max(readTo, covered.to());
        next = Math.min(next, covered.from());
    }

    /** The log has no row for a number of a range, but for those at hand: these are sent, also if the log has lost them. */
    private void settleAllBut(SeqRange range) {
        long nextGap = range.from();
        for (long seq : window.subMap(range.from(), true, range.to(), true).keySet()) {
            settled.add(new SeqRange(nextGap, seq - 1));
            nextGap = seq + 1;
        }
        settled.add(new SeqRange(nextGap, range.to()));
    }

    /** A row was handed to the present connection. */
    void sent(long seq) {
        inFlight.add(seq);
    }

    /** A row is settled: the broker has it, or it is set aside. */
    void acknowledged(long seq) {
        inFlight.remove(seq);
        if (!settled.contains(seq)) {
            counted--;
            acknowledgements++;
            settled.add(seq);
            window.remove(seq);
            readTo = Math.max(readTo, Math.min(upTo(), newest));
        }
        mark = OptionalLong.of(upTo());
    }

    /** The broker refused a row, or did not answer. It is looked at again. */
    void failed(long seq) {
        inFlight.remove(seq);
        next = Math.min(next, seq);
    }

    /** Nobody answers any more: what was in flight is sent again. */
    void connectionEnded() {
        inFlight.clear();
        lookAgain();
    }

    /** Whatever is unsettled is looked at again, but for what is in flight. */
    void lookAgain() {
        next = upTo() + 1;
    }

    /** Forgets the rows at hand and reads again. What is settled stays settled. */
    private void beginAnew() {
        window.clear();
        readAgain();
    }

    /** Reads again what is not settled: the disk works again. The rows at hand stay, for the log may have lost them. */
    void readAgain() {
        request++;
        loading = false;
        hasHoles = false;
        readTo = upTo();
        next = readTo + 1;
    }

    /** Some rows were dropped: they are not sent any more. */
    void dropped(long rows) {
        counted = Math.max(0, counted - rows);
        beginAnew();
    }

    /** The numbers of a range are not settled any more and are sent again; numbers above it stay settled. */
    void resend(SeqRange range) {
        counted += Math.max(0, range.to() - range.from() + 1);
        settled.remove(range);
        mark = mark.isPresent() ? OptionalLong.of(Math.min(mark.getAsLong(), upTo())) : mark;
        beginAnew();
    }

    /**
     * The store could be opened at last. Its progress is the true one; above that, what was settled since the start stays settled.
     *
     * @param begin what the store has
     * @param firstSeq the first number of this start
     */
    void opened(Begin begin, long firstSeq) {
        AckSet merged = begin.progress().settled();
        settled.within(new SeqRange(firstSeq, Long.MAX_VALUE)).forEach(merged::add);
        settled = merged;
        newest = Math.max(newest, begin.newest());
        counted = begin.unsettled();
        mark = begin.isKnown() ? OptionalLong.of(upTo()) : mark;
        beginAnew();
    }

    /** Events got other numbers; {@code by} is so large that no new number is one of the old. The old ones are unknown from now on. */
    void renumbered(SeqRange old, long by) {
        AckSet moved = new AckSet();
        settled.within(new SeqRange(0, old.from() - 1)).forEach(moved::add);
        settled.within(old).forEach(part -> moved.add(new SeqRange(part.from() + by, part.to() + by)));
        settled = moved;
        mark = mark.isPresent() ? OptionalLong.of(Math.min(mark.getAsLong(), upTo())) : mark;
        Set<Long> sent = Set.copyOf(inFlight);
        inFlight.clear();
        sent.forEach(seq -> inFlight.add(old.contains(seq) ? seq + by : seq));
        newest = Math.max(newest, old.to() + by);
        beginAnew();
    }

    /** How many rows of this topic are unsettled: exact while all of them are at hand, else as far as is known, 1 at least. */
    long unsettled() {
        if (readTo >= newest && !hasHoles) {
            counted = window.size();
            return counted;
        }
        return Math.max(1, Math.max(counted, window.size()));
    }

    /** How many rows are at hand. */
    int atHand() {
        return window.size();
    }

    /** What survives a restart. */
    DeliveryState.Progress progress() {
        return DeliveryState.Progress.of(settled);
    }

    /** How many acknowledgements there were since this was asked last. */
    long takeAcknowledgements() {
        long taken = acknowledgements;
        acknowledgements = 0;
        return taken;
    }
}
