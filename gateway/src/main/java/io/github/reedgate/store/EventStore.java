package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.Priority;
import io.github.reedgate.event.SeqRange;
import io.github.reedgate.message.EventNumber;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The event log and what waits for the broker, in one SQLite file ({@code reedgate.db} in the state folder). What
 * {@link #commit} has taken outlives a power cut. Each row carries a check; one that fails it is told in the log, skipped,
 * and removed if it waited. A file found damaged, whenever that is, is moved aside and a new one begun; the call that found
 * it fails with {@link StoreException.Trouble#DAMAGED} and may be tried again at once.
 * Every method blocks for the disk. Owned by one thread; other processes may read the file meanwhile.
 */
public final class EventStore implements AutoCloseable {

    /** A read that fails once must not end the opening. */
    private static final int BEGIN_TRIES = 3;

    private final Database database;
    private final Pruning pruning;
    private final EventQueries log;
    private final OutboxQueries outbox;
    private final SnapshotMemory snapshot;
    private String gateway = "";
    private int known;

    private EventStore(Database database, Path folder, Bounds bounds, BinaryOperator<String> merger) {
        this.database = database;
        this.snapshot = new SnapshotMemory(folder, merger);
        this.pruning = new Pruning(database, bounds);
        SpoiledRows spoiled = new SpoiledRows();
        this.log = new EventQueries(spoiled);
        this.outbox = new OutboxQueries(spoiled);
    }

    /**
     * Opens the store; makes the folder and the file if they are missing. Rows of waiting messages that fail their check are
     * removed here, so {@link #waitingCount} is right from the beginning.
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
        gateway = database.read("reading the store", Layout::gateway);
        Renumbering.finish(database, gateway);
        snapshot.begin(database.read("reading the gateway's state", DocumentTable::snapshot));
        waiting(0, Integer.MAX_VALUE, entry -> {});
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
     * tried again, also if the failed try had reached the disk after all. An event counts as alarm if a message added here
     * with {@link Priority#ALARM} tells it.
     *
     * @throws StoreException if it can't be written now
     */
    public void commit(Batch batch) throws StoreException {
        if (batch.isEmpty()) {
            return;
        }
        String before = gateway;
        try {
            pruning.count(database.write("writing events", connection -> write(connection, batch)));
            known = database.begun();
            snapshot.written(batch);
        } catch (StoreException | RuntimeException e) {
            gateway = before;
            pruning.forget();
            throw e;
        }
    }

    private Pruning.Change write(Connection connection, Batch batch) throws SQLException {
        if (known != database.begun()) {
            gateway = ""; // of a new file, until a batch is in it
            pruning.forget();
            snapshot.lost();
        }
        String document = snapshot.due(batch);
        if (document != null) {
            DocumentTable.putSnapshot(connection, document);
        }
        NoticeTable.write(connection, batch.notices());
        Layout.putAll(connection, batch.notes());
        Set<Long> alarms = batch.added().stream()
                .filter(entry -> entry.priority() == Priority.ALARM)
                .map(entry -> EventNumber.of(entry.message()))
                .collect(Collectors.toSet());
        Set<Long> gone = new TreeSet<>(batch.removed());
        int events = 0;
        for (Event event : batch.events()) {
            if (!event.gateway().equals(gateway)) {
                gateway = event.gateway();
                Layout.putGateway(connection, gateway);
            }
            events += EventTable.put(
                    connection, event, alarms.contains(event.stamp().seq()));
        }
        int waiting = 0;
        for (Outbox.Entry entry : batch.added()) {
            waiting += gone.contains(entry.id()) ? 0 : OutboxTable.put(connection, entry);
        }
        return new Pruning.Change(events, waiting - OutboxQueries.remove(connection, gone));
    }

    /**
     * Messages that wait, oldest first.
     *
     * @param afterId the id they come after, which need not exist; 0 for the beginning
     * @param limit how many at most
     * @throws StoreException if it can't be read now
     */
    public List<Outbox.Entry> waiting(long afterId, int limit) throws StoreException {
        List<Outbox.Entry> found = new ArrayList<>();
        waiting(afterId, limit, found::add);
        return found;
    }

    private void waiting(long afterId, int limit, Consumer<Outbox.Entry> taker) throws StoreException {
        List<Long> failed = database.read("reading the outbox", open -> outbox.each(open, afterId, limit, taker));
        if (!failed.isEmpty()) {
            int gone = database.write("removing damaged messages", open -> OutboxQueries.remove(open, failed));
            pruning.count(new Pruning.Change(0, -gone));
        }
    }

    /**
     * How many messages wait.
     *
     * @throws StoreException if it can't be read now
     */
    public long waitingCount() throws StoreException {
        return pruning.waiting();
    }

    /**
     * The id of the newest message that waits; 0 if none does.
     *
     * @throws StoreException if it can't be read now
     */
    public long lastEntryId() throws StoreException {
        return database.read("reading the outbox", open -> Database.number(open, "SELECT max(id) FROM outbox"));
    }

    /** The number of the newest event in the log; 0 if it is empty. */
    public long lastSeq() throws StoreException {
        return newest().map(event -> event.stamp().seq()).orElse(0L);
    }

    /** The undamaged rows of the log with numbers in a range, lowest first, {@code limit} at most; throws if it can't be read now. */
    List<LogRow> rows(SeqRange range, int limit) throws StoreException {
        return database.read("reading the event log", open -> log.rows(open, range, limit));
    }

    /**
     * The state word that each sensor had last, by the sensor's id: after its newest move (opened, closed, tampered,
     * tamper_cleared), or by the newest start if that came later. A sensor of which neither tells is missing. Reads the whole
     * log.
     *
     * @throws StoreException if it can't be read now
     */
    public Map<String, String> lastStates() throws StoreException {
        return database.read("reading the event log", open -> log.lastStates(open, gateway));
    }

    /**
     * The newest event in the log.
     *
     * @throws StoreException if it can't be read now
     */
    public Optional<Event> newest() throws StoreException {
        return database.read("reading the event log", open -> log.newest(open, gateway));
    }

    /**
     * Events of the log, by number. Times come back in milliseconds, whole numbers of further fields as {@link Long}.
     *
     * @param fromSeq the lowest number wanted
     * @param limit how many at most
     * @throws StoreException if it can't be read now
     */
    public List<Event> events(long fromSeq, int limit) throws StoreException {
        return database.read("reading the event log", open -> log.from(open, gateway, fromSeq, limit));
    }

    /**
     * Applies the bounds: the log gives way before anything that waits does, but never its newest
     * {@value Bounds#ALWAYS_KEPT} events; of what waits, the oldest routine messages go first and alarms last. A message that
     * is on its way to the broker may be among those dropped.
     *
     * @return how many waiting messages were dropped by this call
     * @throws StoreException if it can't be done now; messages may have been dropped by then
     */
    public Outbox.Drops prune() throws StoreException {
        return prune(true);
    }

    /** The same; how old events are is looked at only if wanted, as it means reading many of them. */
    Outbox.Drops prune(boolean byAge) throws StoreException {
        return pruning.prune(byAge);
    }

    /** Corrects a page of what the correction concerns; may be tried again. */
    Correction.Place correct(Correction correction, Correction.Place at, String left) throws StoreException {
        return correction.apply(database, gateway, at, left);
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
