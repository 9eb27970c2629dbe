package io.github.reedgate.store;

import io.github.reedgate.delivery.DeliveryState;
import io.github.reedgate.delivery.Drops;
import io.github.reedgate.delivery.LogReaders;
import io.github.reedgate.delivery.LogTopic;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event log, and how far the broker has acknowledged it, in one SQLite file ({@code reedgate.db} in the state folder). What
 * {@link #commit} has taken outlives a power cut. Each row carries a check; one that fails it is reported in the log and skipped.
 * A file found damaged, whenever that is, is moved aside and a new one begun; the call that found
 * it fails with {@link StoreException.Trouble#DAMAGED} and may be tried again at once.
 * Every method blocks for the disk. Owned by one thread; other processes may read the file meanwhile.
 */
public final class EventStore implements AutoCloseable {

    /** A read that fails once must not end the opening. */
    private static final int BEGIN_TRIES = 3;

    private static final String NEWEST = "SELECT max(seq) FROM event";
    private static final Logger LOG = LoggerFactory.getLogger(EventStore.class);

    private final Database database;
    private final Pruning pruning;
    private final EventQueries log;
    private final SnapshotMemory snapshot;
    private DeliveryRows.Stored delivery = new DeliveryRows.Stored(DeliveryState.NOTHING, 0);
    private boolean isDeliveryLost;
    private int known;

    private EventStore(Database database, Path folder, Bounds bounds, BinaryOperator<String> merger) {
        this.database = database;
        this.snapshot = new SnapshotMemory(folder, merger);
        this.pruning = new Pruning(database, bounds);
        this.log = new EventQueries(new SpoiledRows());
    }

    /**
     * Opens the store; makes the folder and the file if they are missing, and migrates a file of an earlier layout.
     *
     * @param folder the state folder, held by this gateway alone
     * @param bounds how much is kept when {@link #prune} is called
     * @throws StoreException never for a damaged file; only if the disk can't be used at all
     */
    public static EventStore open(Path folder, Bounds bounds) throws StoreException {
        return open(folder, bounds, (found, fresh) -> fresh);
    }

    /**
     * The same for a gateway that has started without what the store knows.
     *
     * @param merger gives what is to be stored for the time after a restart, of the text that is found and the one that is to take
     *     its place
     * @throws StoreException as above
     */
    public static EventStore open(Path folder, Bounds bounds, BinaryOperator<String> merger) throws StoreException {
        EventStore store = new EventStore(Database.open(folder), folder, bounds, merger);
        for (int tries = BEGIN_TRIES; true; tries--) {
            try {
                store.begin();
                return store;
            } catch (StoreException e) {
                if (tries == 1) {
                    store.close();
                    throw e;
                }
            }
        }
    }

    private void begin() throws StoreException {
        known = database.begun();
        Renumbering.finish(database);
        snapshot.begin(database.read("reading the gateway's state", DocumentTable::snapshot));
        delivery = database.read("reading what is delivered", DeliveryRows::get);
        if (delivery.counter() == 0) {
            isDeliveryLost = true;
            long newest = database.read("reading the log", open -> Database.number(open, NEWEST));
            delivery = new DeliveryRows.Stored(
                    new DeliveryState(DeliveryState.Progress.upTo(0), DeliveryState.Progress.upTo(newest)), 1);
            LOG.error("which events were delivered can't be read: both rows in the store are damaged. All events in the"
                    + " log are sent again, alarm lines are not; look at the SD card");
        }
    }

    /** Which events are delivered: as it was found when the store was opened, or as the last {@link #commit} said. */
    public DeliveryState delivery() {
        return delivery.state();
    }

    /**
     * All of that for those who read the log.
     *
     * @throws StoreException if it can't be read now
     */
    public static LogReaders.Stored stored(EventStore store) throws StoreException {
        return new LogReaders.Stored(
                store.delivery(),
                !store.isDeliveryLost,
                store.lastSeq(),
                store.unsettled(LogTopic.EVENT),
                store.unsettled(LogTopic.ALARM));
    }

    /** Whether that was damaged, so that {@link #delivery} is only assumed. */
    public boolean isDeliveryLost() {
        return isDeliveryLost;
    }

    /**
     * How many events of the log are not settled on a topic.
     *
     * @throws StoreException if it can't be read now
     */
    public long unsettled(LogTopic topic) throws StoreException {
        return database.read(
                "counting",
                open -> EventQueries.unsettled(open, topic, delivery.state().of(topic)));
    }

    /** What was stored for the time after a restart, as it was found when the store was opened. */
    public SnapshotRecall snapshot() {
        return snapshot.recall();
    }

    /** The same if the store can't be opened at all: from the copy. Blocks for the disk. */
    public static SnapshotRecall snapshotCopy(Path folder) {
        return new SnapshotCopy(folder).get();
    }

    /**
     * Where a file that could not be used (damaged, or written by a later version) was moved, by {@link #open} or later;
     * empty if that did not happen. The latest one if there were several.
     */
    public Optional<Path> movedAside() {
        return database.movedAside();
    }

    /**
     * Writes a batch in one transaction and forces it to disk: all of it or nothing. After a failure the same batch may be
     * tried again, also if the failed try had reached the disk after all.
     *
     * @throws StoreException if it can't be written now
     */
    public void commit(Batch batch) throws StoreException {
        if (batch.isEmpty()) {
            return;
        }
        DeliveryRows.Stored next = next(batch.delivery());
        try {
            pruning.count(database.write("writing events", connection -> write(connection, batch, next)));
            known = database.begun();
            delivery = next;
            snapshot.written(batch);
        } catch (StoreException | RuntimeException e) {
            pruning.forget();
            throw e;
        }
    }

    private DeliveryRows.Stored next(@Nullable DeliveryState fresh) {
        return fresh == null ? delivery : new DeliveryRows.Stored(fresh, delivery.counter() + 1);
    }

    private int write(Connection connection, Batch batch, DeliveryRows.Stored next) throws SQLException {
        boolean isNew = known != database.begun();
        if (isNew) {
            pruning.forget();
            snapshot.lost();
        }
        String document = snapshot.due(batch);
        if (document != null) {
            DocumentTable.putSnapshot(connection, document);
        }
        NoticeTable.write(connection, batch.notices());
        Layout.putAll(connection, batch.notes());
        int events = 0;
        for (LogRow row : batch.events()) {
            events += EventTable.put(connection, row);
        }
        if (batch.delivery() != null || isNew) {
            DeliveryRows.put(connection, next);
        }
        return events;
    }

    /** The number of the newest event in the log; 0 if it is empty. */
    public long lastSeq() throws StoreException {
        return newest().map(LogRow::seq).orElse(0L);
    }

    /**
     * The undamaged rows of a range that a topic has a message of, lowest number first.
     *
     * @param limit how many at most
     * @throws StoreException if it can't be read now
     */
    public List<LogRow> rows(LogTopic topic, SeqRange range, int limit) throws StoreException {
        return database.read("reading the event log", open -> log.rows(open, topic, range, limit));
    }

    /**
     * The state word that each sensor had last, by the sensor's id: after its newest move (opened, closed, tampered,
     * tamper_cleared), or by the newest start if that came later. A sensor of which neither tells is missing. Reads the whole
     * log.
     *
     * @throws StoreException if it can't be read now
     */
    public Map<String, String> lastStates() throws StoreException {
        return database.read("reading the event log", log::lastStates);
    }

    /**
     * The newest event in the log.
     *
     * @throws StoreException if it can't be read now
     */
    public Optional<LogRow> newest() throws StoreException {
        return database.read("reading the event log", log::newest);
    }

    /**
     * Events of the log, by number.
     *
     * @param fromSeq the lowest number wanted
     * @param limit how many at most
     * @throws StoreException if it can't be read now
     */
    public List<LogRow> events(long fromSeq, int limit) throws StoreException {
        return rows(LogTopic.EVENT, new SeqRange(fromSeq, Long.MAX_VALUE), limit);
    }

    /**
     * Applies the bounds: events that the broker has acknowledged go first, then routine ones, others last; never the newest
     * {@value Bounds#ALWAYS_KEPT}. An event that is in flight may be among those dropped.
     *
     * @param delivered which events the broker needs no more; may be newer than what is stored
     * @return how many events were dropped by this call before they were delivered
     * @throws StoreException if it can't be done now; events may have been dropped by then
     */
    public Drops prune(DeliveryState delivered) throws StoreException {
        return prune(delivered, true).drops();
    }

    /** The same; how old events are is looked at only if wanted, as it means reading many of them. */
    UnwrittenTail.Dropped prune(DeliveryState delivered, boolean byAge) throws StoreException {
        return pruning.prune(delivered, byAge);
    }

    /** Corrects a page of what the correction concerns; may be tried again. */
    long correct(Correction correction, long at, String left) throws StoreException {
        return correction.apply(database, at, left);
    }

    /**
     * What waits to be told beside the broker, by number; empty text for one that is not as it was written.
     *
     * @throws StoreException if it can't be read now
     */
    public Map<Long, String> notices() throws StoreException {
        return database.read("reading what waits to be told", NoticeTable::all);
    }

    /**
     * A value kept with {@link #putNote}; empty text if there is none.
     *
     * @throws StoreException if it can't be read now
     */
    public String note(String name) throws StoreException {
        return database.read("reading the store", open -> Layout.value(open, name));
    }

    /** Keeps a short value under a name; throws if it can't be written now. */
    public void putNote(String name, String value) throws StoreException {
        database.write("writing the store", open -> Layout.put(open, name, value));
    }

    /** Brings all into the file and closes it. */
    @Override
    public void close() {
        database.close();
    }
}
