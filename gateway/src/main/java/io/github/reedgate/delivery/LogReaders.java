package io.github.reedgate.delivery;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The two readers of the event log, that of the event topic and that of the alarm topic: they are what waits for the broker. Owned by the
 * loop thread; never blocks. {@link #state} survives a restart.
 */
public final class LogReaders {

    private final LogReader events;
    private final LogReader alarms;
    // false until the store could be opened: the state is only assumed and must not replace the stored one
    private boolean isBased;
    private final long firstSeq;
    private Drops drops = Drops.NONE;

    /** Reads rows of the log for each topic. */
    @FunctionalInterface
    public interface Sources {

        /** Where the rows of a topic come from; a page answers only for the rows that have a message on it. */
        LogSource of(LogTopic topic);
    }

    /**
     * What the store has, as far as the readers are concerned.
     *
     * @param state what is settled
     * @param isKnown false if that is only assumed, because what was stored is lost
     * @param newest number of the newest event; 0 if there is none
     * @param events how many events are unsettled
     * @param lines how many alarm lines are
     */
    public record Stored(DeliveryState state, boolean isKnown, long newest, long events, long lines) {

        /** An empty store, in which nothing is settled. */
        public static final Stored NOTHING = new Stored(DeliveryState.NOTHING, true, 0, 0, 0);

        LogReader.Begin of(LogTopic topic) {
            return new LogReader.Begin(state.of(topic), isKnown, newest, topic == LogTopic.EVENT ? events : lines);
        }
    }

    /**
     * Readers over a store that is open.
     *
     * @param sources where rows come from
     * @param stored what the store has
     */
    public LogReaders(Sources sources, Stored stored) {
        this(sources, stored, true, 0);
    }

    private LogReaders(Sources sources, Stored stored, boolean isBased, long firstSeq) {
        this.events = new LogReader(LogTopic.EVENT, sources.of(LogTopic.EVENT), stored.of(LogTopic.EVENT));
        this.alarms = new LogReader(LogTopic.ALARM, sources.of(LogTopic.ALARM), stored.of(LogTopic.ALARM));
        this.isBased = isBased;
        this.firstSeq = firstSeq;
    }

    /**
     * Readers over a store that can't be opened yet: everything before this start counts as settled, until {@link #opened}.
     *
     * @param firstSeq number of this start's first event
     */
    public static LogReaders unopened(Sources sources, long firstSeq) {
        long before = Math.max(0, firstSeq - 1);
        return new LogReaders(sources, new Stored(DeliveryState.upTo(before), false, before, 0, 0), false, firstSeq);
    }

    LogReader events() {
        return events;
    }

    LogReader alarms() {
        return alarms;
    }

    /** Takes a row that was recorded just now. */
    public void append(LogRow row) {
        alarms.append(row);
        events.append(row);
    }

    /** Takes what was read for a topic. */
    public void loaded(LogTopic topic, LogPage page) {
        (topic == LogTopic.EVENT ? events : alarms).loaded(page);
    }

    /** Reads again from what is settled on: the disk works again. */
    public void readAgain() {
        events.readAgain();
        alarms.readAgain();
    }

    /** The store could be opened at last. Does nothing if it was open before. */
    public void opened(Stored stored) {
        if (!isBased) {
            isBased = true;
            events.opened(stored.of(LogTopic.EVENT), firstSeq);
            alarms.opened(stored.of(LogTopic.ALARM), firstSeq);
        }
    }

    /**
     * Unsettled rows were dropped.
     *
     * @param dropped how many, by priority, to be reported
     * @param eventRows how many of them were unsettled on the event topic
     * @param lineRows how many were on the alarm topic
     */
    public void dropped(Drops dropped, long eventRows, long lineRows) {
        drops = drops.plus(dropped);
        events.dropped(eventRows);
        alarms.dropped(lineRows);
    }

    /** How many events were dropped since this was asked last. */
    public Drops takeDrops() {
        Drops taken = drops;
        drops = Drops.NONE;
        return taken;
    }

    /** Events got other numbers. */
    void renumbered(SeqRange old, long by) {
        events.renumbered(old, by);
        alarms.renumbered(old, by);
    }

    /** How many events and lines are unsettled. */
    public long depth() {
        return events.unsettled() + alarms.unsettled();
    }

    /** The oldest unsettled row; empty if nothing is unsettled, or if it is not at hand yet. */
    public Optional<LogRow> oldest() {
        List<LogRow> first = new ArrayList<>();
        for (LogReader reader : List.of(events, alarms)) {
            Optional<LogRow> row = reader.first(0);
            row.ifPresent(first::add);
            if (row.isEmpty() && reader.isReading()) {
                return Optional.empty();
            }
        }
        return first.stream().min((one, other) -> Long.compare(one.seq(), other.seq()));
    }

    /** Number up to which every event was acknowledged, or need not be; empty if that is not known. */
    public OptionalLong acknowledged() {
        return events.mark();
    }

    /** What is settled, as it is stored; empty if nothing was acknowledged since this was asked last, or if it is only assumed. */
    public Optional<Change> takeChange() {
        if (!isBased) {
            return Optional.empty();
        }
        long count = events.takeAcknowledgements() + alarms.takeAcknowledgements();
        return count == 0 ? Optional.empty() : Optional.of(new Change(state(), count));
    }

    /** All of it, whether it has changed or not; empty if it is only assumed. */
    Optional<Change> takeState() {
        Optional<Change> change = takeChange();
        return change.isPresent() || !isBased ? change : Optional.of(new Change(state(), 1));
    }

    /**
     * What is to be stored.
     *
     * @param state what is settled
     * @param acknowledgements how many were added to it
     */
    public record Change(DeliveryState state, long acknowledgements) {}

    /** What is settled. */
    public DeliveryState state() {
        return new DeliveryState(events.progress(), alarms.progress());
    }

    /** False while the store could not be opened: then the state must not replace the stored one. */
    public boolean isBased() {
        return isBased;
    }
}
