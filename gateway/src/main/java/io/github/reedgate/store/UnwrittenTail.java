package io.github.reedgate.store;

import io.github.reedgate.delivery.DeliveryState;
import io.github.reedgate.delivery.Drops;
import io.github.reedgate.delivery.LogTopic;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.Priority;
import io.github.reedgate.event.SeqRange;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log that is not on disk yet, and what is written with it: one commit's worth as a rule, more while the disk fails. Holds
 * {@link #MOST} events at most; then the oldest delivered one goes, if there is none the oldest routine one, else the oldest. Each is
 * counted. Owned by the store thread; lost in a power cut.
 */
final class UnwrittenTail {

    /** How many events are held at most; some 5 MB. */
    static final int MOST = 5_000;

    private final int most;
    private TreeMap<Long, LogRow> rows = new TreeMap<>();
    // the newest state known, whether it has to be written or not
    private DeliveryState delivered = DeliveryState.NOTHING;
    private long acknowledgements;
    private @Nullable String snapshot;
    private final Map<String, String> notes = new HashMap<>();
    private NoticeChange notices = NoticeChange.NONE;
    private Dropped dropped = Dropped.NONE;
    private long unlogged;

    /**
     * What was dropped before it was delivered.
     *
     * @param drops how many events, by priority
     * @param events how many of them were unsettled on the event topic
     * @param lines how many on the alarm topic
     */
    record Dropped(Drops drops, long events, long lines) {

        /** Nothing. */
        static final Dropped NONE = new Dropped(Drops.NONE, 0, 0);

        Dropped plus(Dropped other) {
            return new Dropped(drops.plus(other.drops), events + other.events, lines + other.lines);
        }
    }

    UnwrittenTail(int most) {
        this.most = most;
    }

    /** Takes in what is to be written. Commands that ask for something are not for here. */
    void take(StoreCommand command) {
        if (command instanceof StoreCommand.Keep keep) {
            keep(keep.row());
        } else if (command instanceof StoreCommand.KeepSnapshot keep) {
            keepSnapshot(keep.document());
        } else if (command instanceof StoreCommand.ChangeNotices changed) {
            changeNotices(changed.change());
        } else if (command instanceof StoreCommand.Delivered news) {
            delivered(news.state(), news.acknowledgements());
        } else if (command instanceof StoreCommand.Note note) {
            note(note.name(), note.value());
        }
    }

    void keep(LogRow row) {
        rows.put(row.seq(), row);
        if (rows.size() > most) {
            dropOne();
        }
    }

    private void dropOne() {
        Optional<LogRow> delivered = first(this::isDelivered);
        if (delivered.isPresent()) {
            rows.remove(delivered.get().seq());
            unlogged++;
            return;
        }
        LogRow gone = first(row -> row.priority() == Priority.ROUTINE)
                .orElseGet(() -> rows.firstEntry().getValue());
        rows.remove(gone.seq());
        boolean isRoutine = gone.priority() == Priority.ROUTINE;
        boolean isEvent = !this.delivered.event().contains(gone.seq());
        boolean isLine = LogTopic.ALARM.has(gone) && !this.delivered.alarm().contains(gone.seq());
        dropped = dropped.plus(
                new Dropped(new Drops(isRoutine ? 1 : 0, isRoutine ? 0 : 1), isEvent ? 1 : 0, isLine ? 1 : 0));
    }

    private boolean isDelivered(LogRow row) {
        return delivered.isDelivered(row);
    }

    private Optional<LogRow> first(Predicate<LogRow> wanted) {
        return rows.values().stream().filter(wanted).findFirst();
    }

    /** Corrects what is held, as is done on disk. */
    void correct(Correction correction) {
        TreeMap<Long, LogRow> corrected = new TreeMap<>();
        for (LogRow row : rows.values()) {
            LogRow right = correction.concerns(row) ? correction.corrected(row) : row;
            corrected.put(right.seq(), right);
        }
        rows = corrected;
    }

    void keepSnapshot(String document) {
        snapshot = document;
    }

    /** Stores a value under a name, in place of what waits under it. */
    void note(String name, String value) {
        notes.put(name, value);
    }

    void changeNotices(NoticeChange change) {
        notices = notices.and(change);
    }

    /** Which events are delivered, after so many more acknowledgements. */
    void delivered(DeliveryState state, long more) {
        delivered = state;
        acknowledgements += more;
    }

    /** Which events are delivered, as the store has it. */
    void found(DeliveryState state) {
        delivered = state;
    }

    DeliveryState delivered() {
        return delivered;
    }

    /** True if something would be lost by a power cut now; acknowledgements alone would only lead to repeats. */
    boolean isUrgent() {
        return !rows.isEmpty() || snapshot != null || !notices.isEmpty() || !notes.isEmpty();
    }

    boolean isEmpty() {
        return !isUrgent() && acknowledgements == 0;
    }

    /** How many acknowledgements wait to be written. */
    long acknowledgements() {
        return acknowledgements;
    }

    /** Events of a range that are in memory only, lowest number first. */
    Collection<LogRow> rows(SeqRange range) {
        return range.isEmpty()
                ? List.of()
                : rows.subMap(range.from(), true, range.to(), true).values();
    }

    Batch batch() {
        return new Batch(
                List.copyOf(rows.values()), acknowledgements == 0 ? null : delivered, snapshot, notices, notes);
    }

    /** All of it is on disk. */
    void written() {
        rows.clear();
        acknowledgements = 0;
        snapshot = null;
        notices = NoticeChange.NONE;
        notes.clear();
    }

    /** How many delivered events were dropped that the log should have had, since the last call. */
    long takeUnlogged() {
        long count = unlogged;
        unlogged = 0;
        return count;
    }

    /** What was dropped since the last call. */
    Dropped takeDropped() {
        Dropped taken = dropped;
        dropped = Dropped.NONE;
        return taken;
    }
}
