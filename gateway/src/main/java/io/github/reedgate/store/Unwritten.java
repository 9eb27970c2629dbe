package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.Priority;
import io.github.reedgate.event.SeqRange;
import io.github.reedgate.message.EventNumber;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is not on disk yet: one commit's worth as a rule, more while the disk fails. Bounded: then the oldest routine messages
 * go first, alarms last; events for the log go oldest first. Each is counted. Owned by the store thread.
 */
final class Unwritten {

    /** How many messages, and how many events, are held at most; some 10 MB. */
    static final int MOST = 5_000;

    private final int most;
    private final Deque<Event> events = new ArrayDeque<>();
    private final TreeMap<Long, Outbox.Entry> added = new TreeMap<>();
    private final Set<Long> removed = new TreeSet<>();
    private @Nullable String snapshot;
    private final Map<String, String> notes = new HashMap<>();
    private NoticeChange notices = NoticeChange.NONE;
    private long droppedRoutine;
    private long droppedAlarms;
    private long unlogged;

    Unwritten(int most) {
        this.most = most;
    }

    /** Takes in what is to be written. Commands that ask for something are not for here. */
    void take(StoreCommand command) {
        if (command instanceof StoreCommand.Keep keep) {
            keep(keep.event());
        } else if (command instanceof StoreCommand.KeepSnapshot keep) {
            keepSnapshot(keep.document());
        } else if (command instanceof StoreCommand.ChangeNotices changed) {
            changeNotices(changed.change());
        } else if (command instanceof StoreCommand.Add add) {
            add(add.entry());
        } else if (command instanceof StoreCommand.Remove remove) {
            remove(remove.id());
        } else if (command instanceof StoreCommand.Note note) {
            note(note.name(), note.value());
        }
    }

    void keep(Event event) {
        events.add(event);
        if (events.size() > most) {
            events.remove();
            unlogged++;
        }
    }

    /** The events with a number in a range. */
    List<Event> eventsIn(SeqRange range) {
        return events.stream()
                .filter(event -> range.contains(event.stamp().seq()))
                .toList();
    }

    /** Corrects what is held, as is done on disk. */
    void correct(Correction correction) {
        Map<Long, Event> wrong = new HashMap<>();
        List<Event> all = new ArrayList<>(events);
        events.clear();
        for (Event event : all) {
            boolean concerned = correction.concerns(event);
            if (concerned) {
                wrong.put(event.stamp().seq(), event);
            }
            events.add(concerned ? correction.corrected(event) : event);
        }
        added.replaceAll((id, entry) -> correction.corrected(entry, wrong.get(EventNumber.of(entry.message()))));
    }

    void keepSnapshot(String document) {
        snapshot = document;
    }

    /** Keeps a value under a name, in place of what waits under it. */
    void note(String name, String value) {
        notes.put(name, value);
    }

    void changeNotices(NoticeChange change) {
        notices = notices.and(change);
    }

    void add(Outbox.Entry entry) {
        added.put(entry.id(), entry);
        if (added.size() > most) {
            dropOne();
        }
    }

    private void dropOne() {
        Iterator<Outbox.Entry> all = added.values().iterator();
        while (all.hasNext()) {
            if (all.next().priority() == Priority.ROUTINE) {
                all.remove();
                droppedRoutine++;
                return;
            }
        }
        added.pollFirstEntry();
        droppedAlarms++;
    }

    /** A message that never reached the disk needs no removal from it. */
    void remove(long id) {
        if (added.remove(id) == null) {
            removed.add(id);
        }
    }

    boolean isRemoved(long id) {
        return removed.contains(id);
    }

    /** True if something would be lost by a power cut now; removals alone would only be repeated. */
    boolean isUrgent() {
        return !events.isEmpty() || !added.isEmpty() || snapshot != null || !notices.isEmpty() || !notes.isEmpty();
    }

    boolean isEmpty() {
        return !isUrgent() && removed.isEmpty();
    }

    /** How many removals wait. */
    int removals() {
        return removed.size();
    }

    /** Messages behind an id that are in memory only, oldest first. */
    List<Outbox.Entry> addedAfter(long afterId) {
        return new ArrayList<>(added.tailMap(afterId, false).values());
    }

    Batch batch() {
        return new Batch(
                List.copyOf(events), List.copyOf(added.values()), List.copyOf(removed), snapshot, notices, notes);
    }

    /** All of it is on disk. */
    void written() {
        events.clear();
        added.clear();
        removed.clear();
        snapshot = null;
        notices = NoticeChange.NONE;
        notes.clear();
    }

    /** How many events were dropped that the log should have had, since the last call. */
    long takeUnlogged() {
        long count = unlogged;
        unlogged = 0;
        return count;
    }

    /** How many messages were dropped since the last call. */
    Outbox.Drops takeDrops() {
        Outbox.Drops drops = new Outbox.Drops(droppedRoutine, droppedAlarms);
        droppedRoutine = 0;
        droppedAlarms = 0;
        return drops;
    }
}
