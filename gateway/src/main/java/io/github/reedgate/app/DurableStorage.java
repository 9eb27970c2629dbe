package io.github.reedgate.app;

import io.github.reedgate.core.GatewaySettings.Before;
import io.github.reedgate.core.GatewaySettings.Recall;
import io.github.reedgate.core.GatewaySnapshot;
import io.github.reedgate.core.Input;
import io.github.reedgate.core.SnapshotJson;
import io.github.reedgate.delivery.EventAcknowledgements;
import io.github.reedgate.delivery.Journal;
import io.github.reedgate.delivery.LogSource;
import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.delivery.Watermark;
import io.github.reedgate.event.Event;
import io.github.reedgate.message.Topics;
import io.github.reedgate.store.Batch;
import io.github.reedgate.store.Bounds;
import io.github.reedgate.store.DurableOutbox;
import io.github.reedgate.store.EventStore;
import io.github.reedgate.store.SnapshotRecall;
import io.github.reedgate.store.StoreEvent;
import io.github.reedgate.store.StoreException;
import io.github.reedgate.store.StoreThread;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The storage on disk. If the disk can't be used, events are kept in memory until it can: sensing and live alarms go on.
 * Made and closed by the thread that starts the gateway, used by the loop thread.
 */
final class DurableStorage implements Storage, Vigil.Store, AutoCloseable {

    /** Ids of messages begin here when the store can't be read: above all that it can hold. */
    private static final long UNKNOWN_IDS = 1L << 40;

    private static final Logger LOG = LoggerFactory.getLogger(DurableStorage.class);

    private final StoreThread thread;
    private final DurableOutbox outbox;
    private final Found found;
    private @Nullable StoreLedger ledger;

    private DurableStorage(StoreThread thread, DurableOutbox outbox, Found found) {
        this.thread = thread;
        this.outbox = outbox;
        this.found = found;
    }

    /**
     * What the store knew when it was opened.
     *
     * @param floor the highest numbers
     * @param before what happened last
     * @param provedServer the broker that shows its watermark, or empty
     * @param acknowledged the number up to which every event was acknowledged; empty if what was kept before is lost
     * @param ownTopics what may be left at a broker, as {@link TopicMemory} wrote it; may be empty
     * @param neverSent the number from which on none was sent, or empty
     * @param notices what waits to be told beside the broker, by number; empty text for what is spoilt
     */
    record Found(
            StartFile.Floor floor,
            Before before,
            String provedServer,
            OptionalLong acknowledged,
            String ownTopics,
            String neverSent,
            Map<Long, String> notices) {

        private static Found onlyCopy(GatewaySnapshot copy, Recall recall) {
            return new Found(
                    StartFile.Floor.NONE,
                    new Before(Map.of(), null, false, copy, recall),
                    "",
                    OptionalLong.empty(),
                    "",
                    "",
                    Map.of(UNKNOWN_IDS, ""));
        }

        /** A watermark that goes on from there. */
        Watermark watermark(Topics topics) {
            return new Watermark(topics.watermark(), Optional.of(provedServer).filter(server -> !server.isEmpty()));
        }
    }

    /**
     * Opens the store in the state folder; blocks. Never fails: what is wrong is logged, and told once the store thread runs
     * and still finds it so.
     *
     * @param listener told by the store thread
     */
    static DurableStorage open(Path folder, Bounds bounds, Consumer<StoreEvent> listener) {
        PanelEvidence evidence = PanelEvidence.in(folder);
        try {
            EventStore store = EventStore.open(folder, bounds);
            store.movedAside()
                    .ifPresent(aside -> LOG.error(
                            "the store of events was damaged or from a newer version; it is kept as {} and a new one"
                                    + " is begun",
                            aside));
            return read(
                    store,
                    evidence,
                    new StoreThread(store, () -> EventStore.open(folder, bounds), listener, System::nanoTime));
        } catch (StoreException e) {
            LOG.error("events can't be kept on disk: {}", e.getMessage());
            StoreThread thread = new StoreThread(
                    null, () -> EventStore.open(folder, bounds, SnapshotJson::merged), listener, System::nanoTime);
            return new DurableStorage(
                    thread, new DurableOutbox(thread, UNKNOWN_IDS, 0), withoutStore(folder, evidence));
        }
    }

    private static Found withoutStore(Path folder, PanelEvidence evidence) {
        SnapshotRecall copy = EventStore.snapshotCopy(folder);
        GatewaySnapshot snapshot = SnapshotJson.read(copy.row(), copy.copy()).withUnknownNonces();
        return Found.onlyCopy(snapshot, evidence.recall(copy, "the store can't be used", snapshot));
    }

    private static DurableStorage read(EventStore store, PanelEvidence evidence, StoreThread thread)
            throws StoreException {
        try {
            int waiting = (int) Math.min(Integer.MAX_VALUE, store.waitingCount());
            DurableOutbox outbox = new DurableOutbox(thread, store.lastEntryId(), waiting);
            Found found = found(store, evidence);
            String snapshot = SnapshotJson.write(found.before().snapshot());
            if (!snapshot.equals(store.snapshot().row())) {
                keep(snapshot, store, thread);
            }
            return new DurableStorage(thread, outbox, found);
        } catch (StoreException e) {
            store.close();
            throw e;
        }
    }

    /** Stores it at once: what an earlier run left behind means a lost panel if no snapshot is beside it. */
    private static void keep(String snapshot, EventStore store, StoreThread thread) {
        try {
            store.commit(new Batch(List.of(), List.of(), List.of(), snapshot));
        } catch (StoreException e) {
            LOG.warn("what must be known after a restart can't be stored yet: {}", e.getMessage());
            thread.keepSnapshot(snapshot);
        }
    }

    private static Found found(EventStore store, PanelEvidence evidence) throws StoreException {
        Optional<Event.Stamp> newest = store.newest().map(Event::stamp);
        StartFile.Floor floor = newest.map(stamp -> new StartFile.Floor(stamp.seq(), stamp.boot()))
                .orElse(StartFile.Floor.NONE);
        boolean isAside = store.movedAside().isPresent();
        SnapshotRecall found = store.snapshot();
        GatewaySnapshot read = SnapshotJson.read(found.row(), found.copy());
        Recall recall = evidence.recall(found, isAside ? "the store was damaged or of a later version" : "", read);
        boolean isRowLost = found.row().isEmpty()
                && (isAside || evidence.isSnapshotDue() || !found.trouble().isEmpty());
        GatewaySnapshot snapshot = (isRowLost ? read.withUnknownNonces() : read).withPanelLost(recall.lost());
        Before before = new Before(
                store.lastStates(),
                newest.map(Event.Stamp::time).orElse(null),
                newest.map(Event.Stamp::clockSynced).orElse(false),
                snapshot,
                recall);
        return new Found(
                floor,
                before,
                store.note(StoreLedger.PROVED_SERVER),
                isAside ? OptionalLong.empty() : acknowledged(store, floor),
                store.note(TopicMemory.NOTE),
                store.note(StoreLedger.NEVER_SENT),
                store.notices());
    }

    /** One less than the number of the oldest that waits, or the newest number in the log. */
    private static OptionalLong acknowledged(EventStore store, StartFile.Floor floor) throws StoreException {
        List<Outbox.Entry> oldest = store.waiting(0, 1);
        long seq = oldest.isEmpty()
                ? floor.seq()
                : Long.parseLong(oldest.get(0).message().userProperties().getOrDefault("seq", "1")) - 1;
        return OptionalLong.of(Math.max(0, seq));
    }

    /** What the store knew when it was opened. */
    Found found() {
        return found;
    }

    /** What was delivered and which numbers are taken; to be asked once. */
    StoreLedger ledger(EventAcknowledgements acknowledgements, StartFile numbers) {
        StoreLedger made = new StoreLedger(thread, outbox, acknowledgements, numbers, found.provedServer());
        ledger = made;
        return made;
    }

    /**
     * The highest number that may have been sent before, to be asked once: numbers of earlier starts that had no connection were
     * not, no more than those of this one.
     *
     * @param firstSeq the number of the first event of this start
     */
    long everSent(long firstSeq) {
        String kept = found.neverSent();
        long neverSent = kept.matches("[0-9]{1,16}") ? Math.min(Long.parseLong(kept), firstSeq) : firstSeq;
        thread.note(StoreLedger.NEVER_SENT, Long.toString(neverSent));
        return neverSent - 1;
    }

    void start() {
        thread.start();
    }

    @Override
    public void wake() {
        thread.wake();
    }

    @Override
    public long turns() {
        return thread.turns();
    }

    @Override
    public Outbox outbox() {
        return outbox;
    }

    /** Reads the event log. */
    LogSource log() {
        return thread;
    }

    @Override
    public Journal journal() {
        return thread;
    }

    @Override
    public Optional<Input> take(StoreEvent event) {
        StoreLedger told = ledger;
        if (told != null) {
            told.take(event);
        }
        if (event instanceof StoreEvent.Page page) {
            outbox.loaded(page);
        } else if (event instanceof StoreEvent.Dropped dropped) {
            outbox.dropped(dropped.drops());
        } else if (event instanceof StoreEvent.Corrected) {
            outbox.refresh();
        } else if (event instanceof StoreEvent.Unlogged unlogged) {
            return Optional.of(new Input.EventsUnlogged(unlogged.count()));
        } else if (event instanceof StoreEvent.Failed failed) {
            return Optional.of(new Input.StoreFailed(failed.reason()));
        } else if (event instanceof StoreEvent.Recovered) {
            outbox.readAgain();
            return Optional.of(new Input.StoreRecovered());
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        thread.close();
    }
}
