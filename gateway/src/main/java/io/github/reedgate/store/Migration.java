package io.github.reedgate.store;

import io.github.reedgate.delivery.AckSet;
import io.github.reedgate.delivery.DeliveryState;
import io.github.reedgate.event.AlarmLine;
import io.github.reedgate.event.EventJson;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.Priority;
import io.github.reedgate.event.SeqRange;
import io.github.reedgate.json.Json;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates a file of layout 4, whose table {@code outbox} had each message that waited for the broker, to layout 5, in which the event log is
 * the queue. First every waiting message whose event is not in the log gets one, a page in a transaction; the version before reads these as
 * ordinary events. Then one transaction does the rest. A power cut at any place loses nothing: the next start begins again. Blocks for the
 * disk; used once by the store's thread.
 */
final class Migration {

    private static final int PAGE = 500;
    private static final String EVENT = "/event";
    private static final String ALL = "SELECT " + OutboxRow.COLUMNS + " FROM outbox WHERE id > ? ORDER BY id LIMIT ";

    /** The clock time with which an alarm line ends. */
    private static final Pattern CLOCK =
            Pattern.compile(", [0-9]{2}(?::[0-9]{2}){2}(?:[+-][0-9]{2}(?::[0-9]{2}){1,2})?(?:"
                    + Pattern.quote(AlarmLine.NOT_SET) + ")?$");

    private static final Logger LOG = LoggerFactory.getLogger(Migration.class);

    private final Connection connection;
    private final List<Renumbering> renumberings;
    private final TreeSet<Long> events = new TreeSet<>();
    private final TreeSet<Long> lines = new TreeSet<>();
    private long replies;
    private long damaged;

    Migration(Connection connection) throws SQLException {
        this.connection = connection;
        this.renumberings = Renumbering.noted(Layout.value(connection, Renumbering.NOTE));
    }

    /** Does all of it. */
    void run() throws SQLException {
        for (Renumbering each : renumberings) {
            long at = each.first();
            while (at != Correction.END) {
                long from = at;
                at = inTransaction(() -> each.events(connection, from));
            }
        }
        each(true); // first what has all fields of an event
        each(false);
        inTransaction(this::finish);
        LOG.info(
                "the store has the layout {} now: {} events and {} alarm lines wait for the broker; {} replies to"
                        + " commands were dropped, and {} damaged messages skipped",
                StoreFile.VERSION,
                events.size(),
                lines.size(),
                replies,
                damaged);
    }

    private void each(boolean wantsEvents) throws SQLException {
        long last = 0;
        int count = PAGE;
        while (count == PAGE) {
            List<OutboxRow> page = page(last);
            inTransaction(() -> {
                for (OutboxRow row : page) {
                    if (row.topic().endsWith(EVENT) == wantsEvents) {
                        take(row);
                    }
                }
                return 0L;
            });
            count = page.size();
            last = page.isEmpty() ? last : page.get(count - 1).id();
        }
    }

    private interface Work {
        long run() throws SQLException;
    }

    private long inTransaction(Work work) throws SQLException {
        Database.execute(connection, "BEGIN IMMEDIATE");
        boolean isDone = false;
        try {
            long result = work.run();
            Database.execute(connection, "COMMIT");
            isDone = true;
            return result;
        } finally {
            if (!isDone) {
                rollBack();
            }
        }
    }

    private void rollBack() {
        try {
            Database.execute(connection, "ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("nothing to roll back: {}", e.getMessage());
        }
    }

    private List<OutboxRow> page(long after) throws SQLException {
        List<OutboxRow> page = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(ALL + PAGE)) {
            query.setLong(1, after);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    page.add(OutboxRow.read(rows));
                }
            }
        }
        return page;
    }

    /** Sees to it that a message's event is in the log, and notes that it waits. */
    private void take(OutboxRow row) throws SQLException {
        long seq = Renumbering.renumbered(renumberings, row.seq());
        boolean isEvent = row.topic().endsWith(EVENT);
        boolean isLine = row.topic().endsWith("/alarm");
        if (!isEvent && !isLine) {
            replies += row.isWhole() ? 1 : 0;
        }
        if (!row.isWhole()) {
            damaged++;
            LOG.error("row {} of the outbox is damaged and skipped; look at the SD card", row.id());
        } else if ((isEvent || isLine) && inLog(seq).isEmpty()) {
            Optional<LogRow> missing = isEvent ? event(row) : line(row);
            if (missing.isPresent()) {
                // layout 4 has no priority 2
                Priority priority = row.alarm() ? Priority.IMPORTANT : Priority.ROUTINE;
                EventTable.put(connection, missing.get().numbered(seq).with(priority));
            } else {
                LOG.error("row {} of the outbox is no message of this gateway and skipped", row.id());
            }
        }
        // also of a damaged row, if the log has the event: better sent twice than not at all
        if (seq > 0 && (isEvent || isLine) && inLog(seq).isPresent()) {
            (isEvent ? events : lines).add(seq);
        }
    }

    private Optional<LogRow> inLog(long seq) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT " + EventTable.COLUMNS + " FROM event WHERE seq = ?")) {
            query.setLong(1, seq);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? EventTable.row(rows) : Optional.empty();
            }
        }
    }

    private static Optional<LogRow> event(OutboxRow row) {
        try {
            return Optional.of(EventJson.readRow(row.payload()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** As much of an event as its alarm line says. */
    private static Optional<LogRow> line(OutboxRow row) {
        try {
            Map<String, String> properties = Json.readTexts(row.properties());
            return Optional.of(new LogRow(
                    row.seq(),
                    properties.getOrDefault("id", ""),
                    0,
                    Instant.parse(properties.getOrDefault("time", "")),
                    !row.payload().endsWith(AlarmLine.NOT_SET),
                    0,
                    properties.getOrDefault("event_type", ""),
                    null,
                    null,
                    null,
                    CLOCK.matcher(row.payload()).replaceFirst(""),
                    null,
                    Priority.IMPORTANT));
        } catch (IOException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Everything that the version before can't read, in one transaction. */
    private long finish() throws SQLException {
        for (long seq : lines) {
            Optional<LogRow> row = inLog(seq);
            if (row.isPresent()) {
                EventTable.put(connection, row.get().with(Priority.ALARM));
            }
        }
        long newest = Database.number(connection, "SELECT max(seq) FROM event");
        DeliveryState state = new DeliveryState(progress(events, newest), progress(lines, newest));
        DeliveryRows.put(connection, new DeliveryRows.Stored(state, 1));
        Database.execute(connection, "DROP TABLE outbox");
        Database.execute(connection, "DELETE FROM meta WHERE key IN ('gateway', '" + Renumbering.NOTE + "')");
        Database.execute(connection, "PRAGMA user_version=" + StoreFile.VERSION);
        return 0;
    }

    /** What is settled if these numbers wait: all that lie between them were acknowledged, or have no event. */
    private static DeliveryState.Progress progress(SortedSet<Long> waiting, long newest) {
        if (waiting.isEmpty()) {
            return DeliveryState.Progress.upTo(newest);
        }
        long upTo = waiting.first() - 1;
        AckSet settled = new AckSet();
        settled.add(new SeqRange(upTo + 1, newest));
        waiting.forEach(seq -> settled.remove(new SeqRange(seq, seq)));
        return new DeliveryState.Progress(
                upTo,
                settled.intervals().stream().limit(DeliveryState.MOST_INTERVALS).toList());
    }
}
