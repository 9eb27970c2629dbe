package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the store thread does, without the thread: gathers commands, writes them in one transaction, answers. While the disk
 * can't be written, everything is kept in memory, within bounds, and tried again; pages are then read from both. Owned by one
 * thread.
 */
final class StoreWork {

    /** How long acknowledgements wait to be written together: losing them repeats messages, and loses none. */
    static final Duration REMOVAL_DELAY = Duration.ofSeconds(2);

    /** So many acknowledgements are not kept waiting. */
    static final int MOST_REMOVALS = 2_000;

    /** How long a disk that failed is left alone. */
    static final Duration RETRY = Duration.ofSeconds(5);

    /** How often it is looked whether events have become too old. */
    static final Duration AGES = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(StoreWork.class);

    private final StoreOpener opener;
    private final Consumer<StoreEvent> listener;
    private final LongSupplier nanoTime;
    private final Unwritten unwritten;
    private final List<StoreCommand.Load> loads = new ArrayList<>();
    private final Corrections corrections = new Corrections();
    private final List<Long> confirms = new ArrayList<>();
    private final LogReading reading;
    private @Nullable EventStore store;
    private @Nullable Long removalsSinceNanos;
    private @Nullable Long failedNanos;
    private @Nullable Long damagedNanos;
    private @Nullable Long agesNanos;

    /**
     * Work on a store.
     *
     * @param opened the store, or null if it could not be opened so far
     * @param opener opens it later
     * @param listener told of everything
     * @param nanoTime the monotonic clock
     */
    StoreWork(@Nullable EventStore opened, StoreOpener opener, Consumer<StoreEvent> listener, LongSupplier nanoTime) {
        this(opened, opener, listener, nanoTime, new Unwritten(Unwritten.MOST));
    }

    StoreWork(
            @Nullable EventStore opened,
            StoreOpener opener,
            Consumer<StoreEvent> listener,
            LongSupplier nanoTime,
            Unwritten unwritten) {
        this.store = opened;
        this.opener = opener;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.unwritten = unwritten;
        this.reading = new LogReading(
                unwritten, corrections, listener, cause -> failed(cause, "the event log can't be read: "));
    }

    /** Takes a command in; most are carried out by {@link #settle}. */
    void take(StoreCommand command) {
        if (command instanceof StoreCommand.Together together) {
            together.commands().forEach(this::take);
        } else if (command instanceof StoreCommand.Confirm confirm) {
            confirms.add(confirm.number());
        } else if (command instanceof StoreCommand.Load load) {
            loads.add(load);
        } else if (command instanceof StoreCommand.Recall || command instanceof StoreCommand.ReadLog) {
            reading.take(command);
            reading.answer(store, failedNanos != null);
        } else if (command instanceof StoreCommand.CorrectClock correct) {
            correctClock(ClockCorrection.here(correct.boot(), correct.wallMillisAtUptimeZero()));
        } else if (command instanceof StoreCommand.Renumber renumber) {
            renumber(new Renumbering(renumber.fromSeq(), renumber.toSeq(), renumber.by()));
        } else {
            unwritten.take(command);
        }
    }

    /** Writes what is due and answers; returns in how many nanoseconds the next call is due, 0 if none is. */
    long settle() {
        long now = nanoTime.getAsLong();
        Long failedAt = failedNanos;
        boolean rests = failedAt != null && now - failedAt < RETRY.toNanos();
        boolean isWanted = !corrections.isEmpty() || (!unwritten.isEmpty() && isDue(now));
        boolean due = failedAt == null ? isWanted : !rests;
        if (due) {
            commit();
        }
        confirm(nanoTime.getAsLong());
        loads.forEach(this::answer);
        loads.clear();
        reading.answer(store, failedNanos != null);
        tellDrops(unwritten.takeDrops());
        Long failing = failedNanos;
        if (failing != null) {
            return Math.max(1, failing + RETRY.toNanos() - nanoTime.getAsLong());
        }
        if (!corrections.isEmpty()) {
            return 1; // what has come meanwhile has its turn first
        }
        return unwritten.isEmpty() ? 0 : REMOVAL_DELAY.toNanos();
    }

    /** How many removals wait to be written. */
    int removals() {
        return unwritten.removals();
    }

    private boolean isDue(long nowNanos) {
        if (unwritten.isUrgent() || unwritten.removals() >= MOST_REMOVALS) {
            return true;
        }
        Long since = removalsSinceNanos;
        if (since == null) {
            removalsSinceNanos = nowNanos;
            return false;
        }
        return nowNanos - since >= REMOVAL_DELAY.toNanos();
    }

    /** Writes all that is left, if it can, and closes the store. */
    void end() {
        settle();
        if (!unwritten.isEmpty()) {
            commit();
        }
        EventStore open = store;
        if (open != null) {
            open.close();
        }
        if (unwritten.isUrgent()) {
            LOG.error("events could not be kept on disk until the end and are lost if the broker did not take them");
        }
    }

    private void commit() {
        try {
            EventStore ready = ready();
            ready.commit(unwritten.batch());
            unwritten.written();
            confirm(nanoTime.getAsLong());
            removalsSinceNanos = null;
            long unlogged = unwritten.takeUnlogged();
            if (unlogged > 0) {
                listener.accept(new StoreEvent.Unlogged(unlogged));
            }
            prune(ready);
            if (corrections.applyPage(ready)) {
                listener.accept(new StoreEvent.Corrected());
            }
            if (failedNanos != null) {
                failedNanos = null;
                LOG.info("events are kept on disk again");
                listener.accept(new StoreEvent.Recovered());
            }
        } catch (StoreException e) {
            failed(e, "");
        }
    }

    /** Answers as soon as all is on disk, or the disk is left alone for a while; not if it is tried again at once. */
    private void confirm(long nowNanos) {
        boolean stored = !unwritten.isUrgent();
        Long failedAt = failedNanos;
        boolean rests = failedAt != null && nowNanos - failedAt < RETRY.toNanos();
        if (stored || rests) {
            confirms.forEach(number -> listener.accept(new StoreEvent.Confirmed(number, stored)));
            confirms.clear();
        }
    }

    private void prune(EventStore ready) throws StoreException {
        long now = nanoTime.getAsLong();
        Long before = agesNanos;
        boolean ages = before == null || now - before >= AGES.toNanos();
        tellDrops(ready.prune(ages));
        if (ages) {
            agesNanos = now;
        }
    }

    private EventStore ready() throws StoreException {
        EventStore ready = store;
        if (ready == null) {
            ready = opener.open();
            store = ready;
        }
        return ready;
    }

    /** A damaged file has been moved aside, and the new one is tried at once; but not if that was damaged in no time, too. */
    private void failed(StoreException cause, String what) {
        failed(what + cause.getMessage());
        long now = nanoTime.getAsLong();
        Long before = damagedNanos;
        if (cause.trouble() == StoreException.Trouble.DAMAGED && (before == null || now - before >= RETRY.toNanos())) {
            damagedNanos = now;
            failedNanos = now - RETRY.toNanos();
        }
    }

    /** Notes that the disk failed; told once until it works again. */
    void failed(String reason) {
        boolean first = failedNanos == null;
        failedNanos = nanoTime.getAsLong();
        if (first) {
            LOG.error(
                    "events can't be kept on disk: {}; they are kept in memory, {} at most, and tried again every {} s",
                    reason,
                    Unwritten.MOST,
                    RETRY.toSeconds());
            listener.accept(new StoreEvent.Failed(reason));
        }
    }

    private void tellDrops(Outbox.Drops drops) {
        if (!drops.equals(Outbox.Drops.NONE)) {
            listener.accept(new StoreEvent.Dropped(drops));
        }
    }

    private void answer(StoreCommand.Load load) {
        List<Outbox.Entry> found = new ArrayList<>();
        long reached = load.lastId();
        try {
            EventStore ready = store;
            if (ready != null) {
                List<Outbox.Entry> rows = ready.waiting(load.afterId(), load.limit());
                if (rows.size() == load.limit()) {
                    reached = Math.min(reached, rows.get(rows.size() - 1).id());
                }
                rows.forEach(entry -> found.add(corrections.corrected(entry)));
            }
        } catch (StoreException e) {
            failed(e, "what waits for the broker can't be read: ");
        }
        found.addAll(unwritten.addedAfter(load.afterId()));
        long last = reached;
        // a message that came after the question is not part of the answer: whoever asked knows nothing of it yet
        found.removeIf(entry -> entry.id() > last || unwritten.isRemoved(entry.id()));
        found.sort(Comparator.comparingLong(Outbox.Entry::id));
        listener.accept(new StoreEvent.Page(load.request(), List.copyOf(found), reached));
    }

    /** Renumbers what is in memory now; what is on disk page by page, from when it is noted there that it is to be done. */
    private void renumber(Renumbering wanted) {
        corrections.add(wanted);
        unwritten.correct(wanted);
        unwritten.note(Renumbering.NOTE, corrections.note());
    }

    /** Corrects what is in memory now, and what is on disk as soon as it can be written. */
    private void correctClock(ClockCorrection wanted) {
        corrections.add(wanted);
        commit();
        if (!corrections.isEmpty()) {
            unwritten.correct(wanted);
            listener.accept(new StoreEvent.Corrected());
        }
    }
}
