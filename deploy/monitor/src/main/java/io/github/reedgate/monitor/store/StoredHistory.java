package io.github.reedgate.monitor.store;

import io.github.reedgate.event.EventId;
import io.github.reedgate.json.Json;
import io.github.reedgate.monitor.record.Batch;
import io.github.reedgate.monitor.record.Conflict;
import io.github.reedgate.monitor.record.Coverage;
import io.github.reedgate.monitor.record.GoneNumbers;
import io.github.reedgate.monitor.record.History;
import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.monitor.record.Outcome;
import io.github.reedgate.monitor.record.OwnEvent;
import io.github.reedgate.monitor.record.Pruned;
import io.github.reedgate.monitor.record.RecordedEvent;
import io.github.reedgate.monitor.record.RejectedMessage;
import io.github.reedgate.monitor.record.Signs;
import io.github.reedgate.store.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The history in a database. Owned by the recorder's thread. */
public final class StoredHistory implements History, AutoCloseable {

    private final Access access;
    private final Bounds bounds;
    private final Pruning pruning;
    private final BoundedTable rejected;
    private final BoundedTable conflicts;
    private final long seed;

    /**
     * A history.
     *
     * @param seed random, drawn once at each start; for the ids of the monitor's own events
     */
    StoredHistory(Access access, Bounds bounds, long seed) {
        this.access = access;
        this.bounds = bounds;
        this.pruning = new Pruning(bounds);
        this.rejected = new BoundedTable(
                "rejected",
                "LENGTH(topic) + LENGTH(reason) + LENGTH(payload)",
                Bounds.MOST_ROWS,
                Bounds.MOST_REJECTED_CHARACTERS);
        this.conflicts = new BoundedTable(
                "conflict",
                "LENGTH(message) + COALESCE(LENGTH(more), 0)",
                Bounds.MOST_ROWS,
                Bounds.MOST_CONFLICT_CHARACTERS);
        this.seed = seed;
    }

    /** Writes in one transaction; what it removes of the bounded tables counts once it is committed. */
    private <T> T change(String what, Database.Work<T> work) throws HistoryException {
        boolean isDone = false;
        try {
            T result = access.write(what, work);
            isDone = true;
            return result;
        } finally {
            if (isDone) {
                rejected.committed();
                conflicts.committed();
            } else {
                rejected.failed();
                conflicts.failed();
            }
        }
    }

    @Override
    public Outcome write(Batch batch, Reports reports) throws HistoryException {
        return change("writing to the history", connection -> {
            Outcome events = events(connection, batch.events());
            List<RejectedMessage> refused = PresentRows.store(connection, batch.values(), bounds.mostValues());
            rejected(connection, batch.rejected());
            rejected(connection, refused);
            Outcome outcome = new Outcome(
                    events.inserted(), events.duplicates(), events.renumbered(), events.conflicts(), refused);
            List<RecordedEvent> known = new ArrayList<>(outcome.inserted());
            known.addAll(outcome.renumbered());
            Numbers.note(connection, known, batch.values());
            for (GoneNumbers numbers : batch.gone()) {
                for (NumberRange range : numbers.ranges()) {
                    Numbers.gone(connection, numbers.gateway(), range);
                }
            }
            published(connection, batch.published());
            List<OwnEvent> own = new ArrayList<>(batch.own());
            own.addAll(reports.of(outcome));
            own(connection, own);
            return outcome;
        });
    }

    private Outcome events(Connection connection, List<RecordedEvent> events) throws SQLException {
        int[] made = EventRows.insert(connection, events);
        List<RecordedEvent> inserted = new ArrayList<>();
        List<RecordedEvent> renumbered = new ArrayList<>();
        List<Conflict> found = new ArrayList<>();
        int duplicates = 0;
        for (int i = 0; i < made.length; i++) {
            RecordedEvent event = events.get(i);
            if (made[i] == 1) {
                inserted.add(event);
                if (!event.skipped().isEmpty()) {
                    Numbers.unused(connection, event.gateway(), event.skipped(), Numbers.SKIPPED);
                }
                continue;
            }
            Optional<RecordedEvent> there = EventRows.find(connection, event.gateway(), event.seq());
            if (there.isEmpty()) {
                renumbered.add(event);
                NumberRange number = new NumberRange(event.seq(), event.seq());
                Numbers.unused(connection, event.gateway(), number, Numbers.RENUMBERED);
            } else if (there.get().id().equals(event.id())) {
                duplicates++;
            } else {
                Conflict conflict = new Conflict(there.get(), event, Signs.of(there.get(), event));
                if (insert(connection, conflict)) {
                    found.add(conflict);
                    String more = event.more();
                    conflicts.added(event.message().length() + (more == null ? 0L : more.length()));
                } else {
                    duplicates++;
                }
            }
        }
        conflicts.bound(connection);
        return new Outcome(inserted, duplicates, renumbered, found);
    }

    private static boolean insert(Connection connection, Conflict conflict) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO conflict (gateway, seq, id, first_id,"
                + " boot, time_ms, type, message, more, signs, received_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT DO NOTHING")) {
            RecordedEvent event = conflict.second();
            insert.setString(1, event.gateway());
            insert.setLong(2, event.seq());
            insert.setString(3, event.id());
            insert.setString(4, conflict.first().id());
            insert.setLong(5, event.boot());
            insert.setLong(6, event.timeMillis());
            insert.setString(7, event.type());
            insert.setString(8, event.message());
            insert.setString(9, event.more());
            insert.setString(10, conflict.signs());
            insert.setLong(11, event.receivedMillis());
            return insert.executeUpdate() == 1;
        }
    }

    private void rejected(Connection connection, List<RejectedMessage> messages) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO rejected (received_ms, topic, reason, bytes, payload) VALUES (?, ?, ?, ?, ?)")) {
            for (RejectedMessage message : messages) {
                insert.setLong(1, message.receivedMillis());
                insert.setString(2, message.topic());
                insert.setString(3, message.reason());
                insert.setInt(4, message.length());
                insert.setString(5, message.payload());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        messages.forEach(message -> rejected.added(message.bytes() / 2));
        rejected.bound(connection);
    }

    private static void published(Connection connection, List<Long> numbers) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE own_event SET published = 1 WHERE seq = ?")) {
            for (Long number : numbers) {
                update.setLong(1, number);
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    private void own(Connection connection, List<OwnEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        long last = Database.number(connection, "SELECT COALESCE(MAX(seq), 0) FROM own_event");
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO own_event (seq, id, time_ms, type,"
                + " gateway, message, more, published) VALUES (?, ?, ?, ?, ?, ?, ?, 0)")) {
            for (OwnEvent event : events) {
                last++;
                insert.setLong(1, last);
                insert.setString(2, EventId.of(Instant.ofEpochMilli(event.timeMillis()), seed, last));
                insert.setLong(3, event.timeMillis());
                insert.setString(4, event.type().name());
                insert.setString(5, event.gateway());
                insert.setString(6, event.message());
                insert.setString(7, Json.write(event.more()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public Map<String, Coverage> coverage() throws HistoryException {
        return access.read("reading the numbers of events", Numbers::coverage);
    }

    @Override
    public List<NumberedEvent> unpublished(int limit) throws HistoryException {
        return access.read("reading what is to be published", connection -> {
            List<NumberedEvent> found = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement("SELECT seq, id, type, gateway, message, more,"
                    + " time_ms FROM own_event WHERE published = 0 ORDER BY seq LIMIT ?")) {
                query.setInt(1, limit);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(OwnRows.read(rows));
                    }
                }
            }
            return found;
        });
    }

    @Override
    public Pruned prune(long nowMillis) throws HistoryException {
        boolean isTooLarge = access.bytes(bounds.maxBytes()) > bounds.maxBytes();
        Pruned pruned = change("pruning the history", connection -> {
            rejected.trim(connection);
            conflicts.trim(connection);
            return pruning.run(connection, isTooLarge, nowMillis);
        });
        return new Pruned(pruned.events(), pruned.gone(), rejected.takeRemoved(), conflicts.takeRemoved());
    }

    @Override
    public void close() {
        access.close();
    }
}
