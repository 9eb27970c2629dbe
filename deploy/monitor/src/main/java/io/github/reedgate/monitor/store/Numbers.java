package io.github.reedgate.monitor.store;

import io.github.reedgate.monitor.record.Coverage;
import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.monitor.record.NumberRanges;
import io.github.reedgate.monitor.record.PresentValue;
import io.github.reedgate.monitor.record.RecordedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads which numbers of each gateway are in the history, and notes which are expected. Stateless. */
final class Numbers {

    /** What is in no row between the rows of a gateway: one pass over the index of numbers. */
    private static final String GAPS = "SELECT gateway, seq + 1, next_seq - 1 FROM (SELECT gateway, seq, LEAD(seq) OVER"
            + " (PARTITION BY gateway ORDER BY seq) AS next_seq FROM event) AS step WHERE next_seq > seq + 1"
            + " ORDER BY gateway, seq";

    private static final String ENDS = "SELECT gateway, MIN(seq), MAX(seq) FROM event GROUP BY gateway";
    private static final String GATEWAYS = "SELECT gateway, first_seq, watermark, pruned_to FROM gateway";
    private static final String UNUSED = "SELECT gateway, from_seq, to_seq, reason FROM unused";
    private static final String NOTE = "INSERT INTO gateway (gateway, first_seq, watermark, pruned_to) VALUES"
            + " (?, ?, ?, 0) ON CONFLICT (gateway) DO UPDATE SET first_seq = excluded.first_seq,"
            + " watermark = excluded.watermark";

    /** Why a gateway has no event with a number. */
    static final String SKIPPED = "skipped";

    /** The event with this number came before, with another number. */
    static final String RENUMBERED = "renumbered";

    /** The gateway has it no more. */
    static final String GONE = "gone";

    private Numbers() {}

    /** What is known of each gateway's numbers. */
    static Map<String, Coverage> coverage(Connection connection) throws SQLException {
        Map<String, Coverage> all = new TreeMap<>();
        try (Statement query = connection.createStatement()) {
            Map<String, NumberRange> ends = new LinkedHashMap<>();
            try (ResultSet rows = query.executeQuery(ENDS)) {
                while (rows.next()) {
                    ends.put(rows.getString(1), new NumberRange(rows.getLong(2), rows.getLong(3)));
                }
            }
            Map<String, Long> next = new LinkedHashMap<>();
            ends.forEach((gateway, range) -> next.put(gateway, range.from()));
            try (ResultSet rows = query.executeQuery(GAPS)) {
                while (rows.next()) {
                    String gateway = rows.getString(1);
                    long from = next.getOrDefault(gateway, 1L);
                    of(all, gateway).present(new NumberRange(from, rows.getLong(2) - 1));
                    next.put(gateway, rows.getLong(3) + 1);
                }
            }
            ends.forEach((gateway, range) ->
                    of(all, gateway).present(new NumberRange(next.getOrDefault(gateway, range.from()), range.to())));
            unused(query, all);
            gateways(query, all);
        }
        return all;
    }

    private static void unused(Statement query, Map<String, Coverage> all) throws SQLException {
        try (ResultSet rows = query.executeQuery(UNUSED)) {
            while (rows.next()) {
                Coverage coverage = of(all, rows.getString(1));
                NumberRange range = new NumberRange(rows.getLong(2), rows.getLong(3));
                if (rows.getString(4).equals(GONE)) {
                    coverage.gone(range);
                } else {
                    coverage.declared(range);
                }
            }
        }
    }

    private static void gateways(Statement query, Map<String, Coverage> all) throws SQLException {
        try (ResultSet rows = query.executeQuery(GATEWAYS)) {
            while (rows.next()) {
                Coverage coverage = of(all, rows.getString(1));
                long pruned = rows.getLong(4);
                coverage.first(rows.getLong(2));
                coverage.watermark(rows.getLong(3));
                coverage.pruned(pruned);
            }
        }
    }

    private static Coverage of(Map<String, Coverage> all, String gateway) {
        return all.computeIfAbsent(gateway, id -> new Coverage());
    }

    /** Notes the first number and the watermark of each gateway in a batch, as {@link Coverage} does. */
    static void note(Connection connection, List<RecordedEvent> events, List<PresentValue> values) throws SQLException {
        Map<String, Coverage> noted = new LinkedHashMap<>();
        for (PresentValue value : values) {
            if (value.watermark().isPresent()) {
                known(connection, noted, value.gateway())
                        .watermark(value.watermark().getAsLong());
            }
        }
        for (RecordedEvent event : events) {
            known(connection, noted, event.gateway()).present(new NumberRange(event.seq(), event.seq()));
        }
        try (PreparedStatement note = connection.prepareStatement(NOTE)) {
            for (Map.Entry<String, Coverage> each : noted.entrySet()) {
                note.setString(1, each.getKey());
                note.setLong(2, each.getValue().first());
                note.setLong(3, each.getValue().watermark());
                note.addBatch();
            }
            note.executeBatch();
        }
    }

    private static Coverage known(Connection connection, Map<String, Coverage> noted, String gateway)
            throws SQLException {
        Coverage former = noted.get(gateway);
        if (former != null) {
            return former;
        }
        Coverage coverage = new Coverage();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT first_seq, watermark FROM gateway WHERE gateway = ?")) {
            query.setString(1, gateway);
            try (ResultSet rows = query.executeQuery()) {
                if (rows.next()) {
                    coverage.first(rows.getLong(1));
                    coverage.watermark(rows.getLong(2));
                }
            }
        }
        noted.put(gateway, coverage);
        return coverage;
    }

    /** Notes that numbers are not used. */
    static void unused(Connection connection, String gateway, NumberRange range, String reason) throws SQLException {
        try (PreparedStatement note = connection.prepareStatement(
                "INSERT INTO unused (gateway, from_seq, to_seq, reason) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            note.setString(1, gateway);
            note.setLong(2, range.from());
            note.setLong(3, range.to());
            note.setString(4, reason);
            note.executeUpdate();
        }
    }

    /** Notes that a gateway no longer has numbers. Neighbouring ranges become one row, so a large gap takes one row. */
    static void gone(Connection connection, String gateway, NumberRange range) throws SQLException {
        NumberRanges merged = new NumberRanges();
        merged.add(range);
        String touching =
                " FROM unused WHERE gateway = ? AND reason = '" + GONE + "' AND from_seq <= ? AND to_seq >= ?";
        try (PreparedStatement query = connection.prepareStatement("SELECT from_seq, to_seq" + touching)) {
            bind(query, gateway, range);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    merged.add(new NumberRange(rows.getLong(1), rows.getLong(2)));
                }
            }
        }
        try (PreparedStatement delete = connection.prepareStatement("DELETE" + touching)) {
            bind(delete, gateway, range);
            delete.executeUpdate();
        }
        for (NumberRange each : merged.all()) {
            unused(connection, gateway, each, GONE);
        }
    }

    private static void bind(PreparedStatement statement, String gateway, NumberRange range) throws SQLException {
        statement.setString(1, gateway);
        statement.setLong(2, range.to() + 1);
        statement.setLong(3, range.from() - 1);
    }
}
