package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.message.Importance;
import io.github.reedgate.message.Message;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
    private OptionalLong lowestSeq;
    private boolean loading;
    private long request;
    private long droppedRoutine;
    private long droppedAlarms;

    /**
     * An outbox on a store.
     *
     * @param disk writes and reads
     * @param lastId the highest id that was ever given; 0 if none was
     * @param onDisk how many entries are on disk, and the event number of the oldest of them
     */
    public DurableOutbox(StoreThread disk, long lastId, OnDisk onDisk) {
        this.disk = disk;
        this.lastId = lastId;
        this.size = onDisk.count();
        this.cachedTo = size == 0 ? lastId : 0;
        this.lowestSeq = onDisk.oldestSeq();
    }

    /**
     * What is on disk at the start.
     *
     * @param count how many entries
     * @param oldestSeq the event number of the oldest; empty if there is none
     */
    public record OnDisk(int count, OptionalLong oldestSeq) {}

    @Override
    public Entry append(Message message, Importance importance) {
        Entry entry = new Entry(++lastId, message, importance);
        if (size == 0) {
            lowestSeq = OptionalLong.of(seq(entry));
        }
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
        if (size == 0) {
            return Optional.empty();
        }
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
            Entry evicted = cache.pollFirstEntry().getValue();
            if (cachedFrom == 0) {
                lowestSeq = OptionalLong.of(seq(evicted));
            }
            cachedFrom = evicted.id();
        }
    }

    /** The lowest event number that waits, or one below it; empty if nothing waits. */
    public OptionalLong lowestSeq() {
        if (size == 0) {
            return OptionalLong.empty();
        }
        if (cachedFrom == 0 && !cache.isEmpty()) {
            lowestSeq = OptionalLong.of(seq(cache.firstEntry().getValue()));
        }
        return lowestSeq;
    }

    private static long seq(Entry entry) {
        return Long.parseLong(entry.message().userProperties().getOrDefault("seq", "0"));
    }

    /** What is on disk has changed: what is in memory is fetched again. */
    public void refresh() {
        beginAnew(askedAfter);
        oldestLeft = null;
    }

    @Override
    public boolean hasNext(long afterId) {
        return size > 0 && (afterId < cachedFrom || cachedTo < lastId || cache.higherKey(afterId) != null);
    }

    @Override
    public Optional<Entry> oldest(String topic) {
        return cache.values().stream()
                .filter(entry -> entry.message().topic().equals(topic))
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

    /** Notes what the store dropped. */
    public void dropped(Drops drops) {
        oldestLeft = null;
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
