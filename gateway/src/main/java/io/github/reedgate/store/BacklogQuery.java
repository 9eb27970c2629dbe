package io.github.reedgate.store;

import io.github.reedgate.delivery.DeliveryState;
import io.github.reedgate.delivery.LogTopic;
import io.github.reedgate.event.SeqRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what waits for the broker, in one look at the store. Used by one thread; blocks for the disk. */
final class BacklogQuery {

    private final ReadConnection store;

    BacklogQuery(ReadConnection store) {
        this.store = store;
    }

    /** Reads it; {@code bytes} is how much of the disk the store takes. */
    Backlog read(long bytes) throws SQLException {
        String number = EventLog.number(store, "seq");
        DeliveryRows.Stored stored = store.ask(DeliveryRows.SELECT, List.of(), DeliveryRows::best);
        // if both rows are damaged, the gateway assumes that all lines were delivered, and no event
        DeliveryState state = new DeliveryState(
                stored.state().event(),
                stored.counter() > 0 ? stored.state().alarm() : DeliveryState.Progress.upTo(Long.MAX_VALUE));
        Map<String, String> notes = store.ask("SELECT key, value FROM meta LIMIT 100", List.of(), BacklogQuery::notes);
        String root = notes.getOrDefault(Backlog.TOPIC_ROOT, "");
        String events = unsettled(number, LogTopic.EVENT, state.event());
        String lines = unsettled(number, LogTopic.ALARM, state.alarm());
        long eventAlarms = count(events + " AND alarm > 0");
        long routine = count(events + " AND alarm = 0");
        List<Backlog.Waiting> oldest = new ArrayList<>();
        List<Backlog.Waiting> newest = new ArrayList<>();
        for (LogTopic topic : LogTopic.values()) {
            String where = topic == LogTopic.EVENT ? events : lines;
            String name = (root.isEmpty() ? "" : root + "/") + (topic == LogTopic.EVENT ? "event" : "alarm");
            first(number, where, "", name).ifPresent(oldest::add);
            first(number, where, " DESC", name).ifPresent(newest::add);
        }
        return new Backlog(
                count(lines) + eventAlarms,
                routine,
                oldest.stream().min(Comparator.comparingLong(Backlog.Waiting::seq)),
                newest.stream().max(Comparator.comparingLong(Backlog.Waiting::seq)),
                bytes,
                notes);
    }

    private static String unsettled(String number, LogTopic topic, DeliveryState.Progress progress) {
        StringBuilder sql = new StringBuilder("WHERE " + number + " > " + progress.upTo());
        for (SeqRange settled : progress.above()) {
            sql.append(" AND NOT ")
                    .append(number)
                    .append(" BETWEEN ")
                    .append(settled.from())
                    .append(" AND ")
                    .append(settled.to());
        }
        return sql + (topic == LogTopic.ALARM ? " AND alarm = 2" : "");
    }

    private long count(String where) throws SQLException {
        return store.ask("SELECT count(*) FROM event " + where, List.of(), rows -> rows.next() ? rows.getLong(1) : 0L);
    }

    private Optional<Backlog.Waiting> first(String number, String where, String order, String topic)
            throws SQLException {
        String sql = "SELECT " + number + ", time_ms, clock_synced FROM event " + where + " ORDER BY seq" + order
                + " LIMIT 1";
        return store.ask(
                sql,
                List.of(),
                rows -> rows.next()
                        ? Optional.of(new Backlog.Waiting(
                                topic,
                                rows.getLong(1),
                                Optional.of(Instant.ofEpochMilli(rows.getLong(2))),
                                rows.getLong(3) != 0))
                        : Optional.empty());
    }

    private static Map<String, String> notes(ResultSet rows) throws SQLException {
        Map<String, String> notes = new HashMap<>();
        while (rows.next()) {
            String value = Layout.unchecked(rows.getString(2));
            if (!value.isEmpty()) {
                notes.put(rows.getString(1), value);
            }
        }
        return notes;
    }
}
