package io.github.reedgate.store;

import io.github.reedgate.event.LogRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Gives events new numbers: the old ones were used before, with another content. Ids stay.
 * It is noted in the store before the first page, and the note goes with the last one, so a power cut in between only has the
 * next opening finish it. Until then readers take a row with an old number as if it had the new one already. Events go from
 * the highest number down: so their rows are in the right order at any time.
 *
 * @param fromSeq the lowest number that is not to be used
 * @param toSeq the highest
 * @param by what is added to each; so much that no new number is one of the old
 */
record Renumbering(long fromSeq, long toSeq, long by) implements Correction {

    /** Under this name the store keeps what is being renumbered: {@code from to by}, a semicolon between several. */
    static final String NOTE = "renumbering";

    private static final Pattern NOTED = Pattern.compile("([0-9]{1,18}) ([0-9]{1,18}) ([0-9]{1,18})(?:;|$)");

    /** What is kept under {@link #NOTE}. */
    static String note(Collection<Renumbering> all) {
        return all.stream()
                .map(each -> each.fromSeq + " " + each.toSeq + " " + each.by)
                .collect(Collectors.joining(";"));
    }

    /** What {@link #note} wrote, in the order in which it is to be done. */
    static List<Renumbering> noted(String note) {
        List<Renumbering> all = new ArrayList<>();
        Matcher each = NOTED.matcher(note);
        while (each.find()) {
            all.add(new Renumbering(
                    Long.parseLong(each.group(1)), Long.parseLong(each.group(2)), Long.parseLong(each.group(3))));
        }
        return all;
    }

    /** Does all that is noted and was not finished; blocks for as long as that takes. */
    static void finish(Database database) throws StoreException {
        List<Renumbering> all = noted(database.read("reading the store", open -> Layout.value(open, NOTE)));
        for (int i = 0; i < all.size(); i++) {
            String left = note(all.subList(i + 1, all.size()));
            long at = all.get(i).first();
            while (at != END) {
                at = all.get(i).apply(database, at, left);
            }
        }
    }

    /** The number that an event has after all of these. */
    static long renumbered(Collection<Renumbering> all, long seq) {
        long number = seq;
        for (Renumbering each : all) {
            number += each.concerns(number) ? each.by : 0;
        }
        return number;
    }

    /** A column of numbers as an SQL expression that gives the new ones. */
    static String sql(List<Renumbering> all, String column) {
        String number = column;
        for (Renumbering each : all) {
            number = "CASE WHEN " + number + " BETWEEN " + each.fromSeq + " AND " + each.toSeq + " THEN " + number
                    + " + " + each.by + " ELSE " + number + " END";
        }
        return number;
    }

    @Override
    public long first() {
        return toSeq;
    }

    @Override
    public long events(Connection open, long at) throws SQLException {
        List<LogRow> page = new ArrayList<>();
        long lowest = at;
        int count = 0;
        try (PreparedStatement query = open.prepareStatement("SELECT " + EventTable.COLUMNS
                + " FROM event WHERE seq >= ? AND seq <= ? ORDER BY seq DESC LIMIT " + PAGE)) {
            query.setLong(1, fromSeq);
            query.setLong(2, at);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    count++;
                    lowest = rows.getLong(1);
                    EventTable.row(rows).ifPresent(page::add);
                }
            }
        }
        try (PreparedStatement gone = open.prepareStatement("DELETE FROM event WHERE seq = ?")) {
            for (LogRow row : page) {
                gone.setLong(1, row.seq());
                gone.executeUpdate();
                EventTable.put(open, corrected(row));
            }
        }
        return count < PAGE ? END : lowest - 1;
    }

    @Override
    public void finish(Connection open, String left) throws SQLException {
        Layout.put(open, NOTE, left);
    }

    private boolean concerns(long seq) {
        return seq >= fromSeq && seq <= toSeq;
    }

    @Override
    public boolean concerns(LogRow row) {
        return concerns(row.seq());
    }

    @Override
    public LogRow corrected(LogRow row) {
        return row.numbered(row.seq() + by);
    }
}
