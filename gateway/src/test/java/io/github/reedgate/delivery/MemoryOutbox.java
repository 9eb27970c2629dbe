package io.github.reedgate.delivery;

import io.github.reedgate.event.Priority;
import io.github.reedgate.message.EventNumber;
import io.github.reedgate.message.Message;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An outbox in memory: survives the broker, not the process. Used by one thread. */
public final class MemoryOutbox implements Outbox {

    private final int capacity;
    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private final TreeMap<Long, Entry> routine = new TreeMap<>();
    private long lastId;
    private long droppedRoutine;
    private long droppedAlarms;

    /**
     * An empty outbox.
     *
     * @param capacity how many messages it holds at most; at least 1
     */
    public MemoryOutbox(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity is " + capacity + "; at least 1 is needed");
        }
        this.capacity = capacity;
    }

    @Override
    public Entry append(Message message, Priority priority) {
        Entry entry = new Entry(++lastId, message, priority);
        if (entries.size() >= capacity) {
            if (priority == Priority.ROUTINE && routine.isEmpty()) {
                droppedRoutine++;
                return entry;
            }
            drop();
        }
        entries.put(entry.id(), entry);
        if (priority == Priority.ROUTINE) {
            routine.put(entry.id(), entry);
        }
        return entry;
    }

    private void drop() {
        if (routine.isEmpty()) {
            entries.pollFirstEntry();
            droppedAlarms++;
        } else {
            entries.remove(routine.pollFirstEntry().getKey());
            droppedRoutine++;
        }
    }

    @Override
    public Optional<Entry> next(long afterId) {
        return Optional.ofNullable(entries.higherEntry(afterId)).map(Map.Entry::getValue);
    }

    @Override
    public boolean hasNext(long afterId) {
        return entries.higherKey(afterId) != null;
    }

    @Override
    public Optional<Entry> oldest() {
        return next(0);
    }

    @Override
    public Optional<Entry> oldest(String topic, long afterId) {
        Iterator<Entry> all = entries.values().iterator();
        while (all.hasNext()) {
            Entry entry = all.next();
            if (entry.id() > afterId && entry.message().topic().equals(topic)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    @Override
    public void remove(long id) {
        entries.remove(id);
        routine.remove(id);
    }

    @Override
    public void renumber(long fromSeq, long toSeq, long by) {
        List.of(entries, routine)
                .forEach(each -> each.replaceAll((id, entry) -> {
                    long seq = Long.parseLong(entry.message().userProperties().getOrDefault("seq", "0"));
                    return seq < fromSeq || seq > toSeq
                            ? entry
                            : new Entry(id, EventNumber.changed(entry.message(), seq + by), entry.priority());
                }));
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public Drops takeDrops() {
        Drops drops = new Drops(droppedRoutine, droppedAlarms);
        droppedRoutine = 0;
        droppedAlarms = 0;
        return drops;
    }
}
