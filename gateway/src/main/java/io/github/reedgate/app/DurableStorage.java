package io.github.reedgate.app;

import io.github.reedgate.core.Event;
import io.github.reedgate.delivery.Journal;
import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.message.EventRecord;
import io.github.reedgate.store.Bounds;
import io.github.reedgate.store.DurableOutbox;
import io.github.reedgate.store.EventStore;
import io.github.reedgate.store.StoreEvent;
import io.github.reedgate.store.StoreException;
import io.github.reedgate.store.StoreThread;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The storage on disk. If the disk can't be used, events are kept in memory until it can: sensing and live alarms go on.
 * Made and closed by the thread that starts the gateway, used by the loop thread.
 */
final class DurableStorage implements Storage, AutoCloseable {

    /** Ids of messages begin here when the store can't be read: above all that it can hold. */
    private static final long UNKNOWN_IDS = 1L << 40;

    private static final Logger LOG = LoggerFactory.getLogger(DurableStorage.class);

    private final StoreThread thread;
    private final DurableOutbox outbox;
    private final StartFile.Floor floor;

    private DurableStorage(StoreThread thread, DurableOutbox outbox, StartFile.Floor floor) {
        this.thread = thread;
        this.outbox = outbox;
        this.floor = floor;
    }

    /**
     * Opens the store in the state folder; blocks. Never fails: what is wrong is logged, and told once the store thread runs
     * and still finds it so.
     *
     * @param listener told by the store thread
     */
    static DurableStorage open(Path folder, Bounds bounds, Consumer<StoreEvent> listener) {
        try {
            EventStore store = EventStore.open(folder, bounds);
            store.movedAside()
                    .ifPresent(aside -> LOG.error(
                            "the store of events was damaged or from a newer version; it is kept as {} and a new one is begun",
                            aside));
            StoreThread thread =
                    new StoreThread(store, () -> EventStore.open(folder, bounds), listener, System::nanoTime);
            DurableOutbox outbox = new DurableOutbox(
                    thread, store.lastEntryId(), (int) Math.min(Integer.MAX_VALUE, store.waitingCount()));
            long boot = store.newest()
                    .map(EventRecord::stamp)
                    .map(EventRecord.Stamp::boot)
                    .orElse(0L);
            return new DurableStorage(thread, outbox, new StartFile.Floor(store.lastSeq(), boot));
        } catch (StoreException e) {
            LOG.error("events can't be kept on disk: {}", e.getMessage());
            StoreThread thread =
                    new StoreThread(null, () -> EventStore.open(folder, bounds), listener, System::nanoTime);
            return new DurableStorage(thread, new DurableOutbox(thread, UNKNOWN_IDS, 0), StartFile.Floor.NONE);
        }
    }

    /** The highest numbers in the store. */
    StartFile.Floor floor() {
        return floor;
    }

    void start() {
        thread.start();
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    @Override
    public Journal journal() {
        return thread;
    }

    @Override
    public Optional<Event> take(StoreEvent event) {
        if (event instanceof StoreEvent.Page page) {
            outbox.loaded(page);
        } else if (event instanceof StoreEvent.Dropped dropped) {
            outbox.dropped(dropped.drops());
        } else if (event instanceof StoreEvent.Corrected) {
            outbox.refresh();
        } else if (event instanceof StoreEvent.Failed failed) {
            return Optional.of(new Event.StoreFailed(failed.reason()));
        } else if (event instanceof StoreEvent.Recovered) {
            return Optional.of(new Event.StoreRecovered());
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        thread.close();
    }
}
