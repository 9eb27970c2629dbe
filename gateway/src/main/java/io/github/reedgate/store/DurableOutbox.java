package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Message;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The outbox on disk as the loop sees it: outlives the process. However much waits, a bounded part of it is in memory: all
 * entries with ids in {@code (cachedFrom, cachedTo]}. When the reader comes near the end of that part, the next is fetched by
 * the store thread, and {@link #loaded} takes it in; when it begins anew, so does the part. The bound on the whole is the
 * store's, which counts what it drops. Owned by the loop thread; never waits for the disk.
 */
public final class DurableOutbox implements Outbox {

    /** How many entries are fetched at a time. */
    static final int PAGE = 256;

    /** How many entries are in memory at most, but for what arrives in one page. */
    static final int MOST_CACHED = 1_024;

    private final StoreThread disk;
    private final TreeMap<Long, Entry> cache = new TreeMap<>();
    private final Set<Long> removedBeyond = new HashSet<>();
    private @Nullable Entry oldestLeft;
    private long cachedFrom;
    private long cachedTo;
    private long lastId;
    private long askedAfter;
    private int size;
    private boolean loading;
    private long request;
    private long droppedRoutine;
    private long droppedAlarms;

    /**
     * An outbox on a store.
     *
     * @param disk writes and reads
     * @param lastId the highest id that was ever given; 0 if none was
     * @param waiting how many entries are on disk
     */
    public DurableOutbox(StoreThread disk, long lastId, int waiting) {
        this.disk = disk;
        this.lastId = lastId;
        this.size = waiting;
        this.cachedTo = waiting == 0 ? lastId : 0;
    }

    @Override
    public Entry append(Message message, Priority priority) {
        Entry entry = new Entry(++lastId, message, priority);
        size++;
        disk.add(entry);
        if (cachedTo == entry.id() - 1 && cache.size() < MOST_CACHED) {
            cache.put(entry.id(), entry);
            cachedTo = entry.id();
        }
        return entry;
    }

    @Override
    public Optional<Entry> next(long afterId) {
        if (afterId < cachedFrom) {
            beginAnew(afterId);
        }
        askedAfter = afterId;
        Map.Entry<Long, Entry> found = cache.higherEntry(afterId);
        if (cachedTo < lastId && cachedTo - afterId < PAGE) {
            fetch();
        }
        return Optional.ofNullable(found).map(Map.Entry::getValue);
    }

    private void beginAnew(long afterId) {
        leave(cache.firstEntry());
        cache.clear();
        removedBeyond.clear();
        request++;
        cachedFrom = afterId;
        cachedTo = afterId;
    }

    /** An entry leaves the memory but still waits: the first of those is the oldest of all. */
    private void leave(Map.@Nullable Entry<Long, Entry> first) {
        if (oldestLeft == null && first != null) {
            oldestLeft = first.getValue();
        }
    }

    @Override
    public Optional<Entry> oldest() {
        if (size == 0) {
            return Optional.empty();
        }
        if (oldestLeft == null && cache.isEmpty() && cachedTo < lastId) {
            fetch();
        }
        Map.Entry<Long, Entry> first = cache.firstEntry();
        return Optional.ofNullable(oldestLeft)
                .or(() -> Optional.ofNullable(first).map(Map.Entry::getValue));
    }

    private void fetch() {
        if (!loading) {
            loading = true;
            disk.load(new StoreCommand.Load(request, cachedTo, PAGE, lastId));
        }
    }

    /** Takes in what the store thread fetched; afterwards {@link #next} may find more. */
    public void loaded(StoreEvent.Page page) {
        loading = false;
        if (page.request() != request) {
            return;
        }
        for (Entry entry : page.entries()) {
            if (!removedBeyond.remove(entry.id())) {
                cache.put(entry.id(), entry);
            }
        }
        cachedTo = Math.max(cachedTo, page.reachedId());
        removedBeyond.removeIf(id -> id <= cachedTo);
        while (cache.size() > MOST_CACHED && cache.firstKey() <= askedAfter) {
            leave(cache.firstEntry());
            cachedFrom = cache.pollFirstEntry().getKey();
        }
        if (cachedFrom == 0 && cachedTo == lastId) {
            size = cache.size(); // all that waits is here: now it is known exactly
        }
    }

    /** What is on disk has changed: what is in memory is fetched again. */
    public void refresh() {
        beginAnew(askedAfter);
        oldestLeft = null;
    }

    @Override
    public void renumber(long fromSeq, long toSeq, long by) {
        disk.renumber(new StoreCommand.Renumber(fromSeq, toSeq, by));
        refresh();
    }

    @Override
    public boolean hasNext(long afterId) {
        return afterId < cachedFrom || cachedTo < lastId || cache.higherKey(afterId) != null;
    }

    @Override
    public Optional<Entry> oldest(String topic, long afterId) {
        return cache.values().stream()
                .filter(entry -> entry.id() > afterId && entry.message().topic().equals(topic))
                .findFirst();
    }

    @Override
    public void remove(long id) {
        if (oldestLeft != null && oldestLeft.id() == id) {
            oldestLeft = null;
        }
        boolean known = id > cachedTo ? id <= lastId && removedBeyond.add(id) : cache.remove(id) != null;
        if (known || (id > 0 && id <= cachedFrom)) {
            size--;
            disk.remove(id);
        }
    }

    @Override
    public int size() {
        return size;
    }

    /** How many entries are in memory; for tests. */
    int cached() {
        return cache.size();
    }

    /** Forgets what is in memory: everything that waits is read from the beginning, what the disk had kept to itself, too. */
    public void readAgain() {
        beginAnew(0);
        oldestLeft = null;
    }

    /** Notes what the store dropped; it may be in memory and is not to be sent and counted once more. */
    public void dropped(Drops drops) {
        refresh();
        droppedRoutine += drops.routine();
        droppedAlarms += drops.alarms();
        size = (int) Math.max(0, size - drops.routine() - drops.alarms());
    }

    @Override
    public Drops takeDrops() {
        Drops drops = new Drops(droppedRoutine, droppedAlarms);
        droppedRoutine = 0;
        droppedAlarms = 0;
        return drops;
    }
}
