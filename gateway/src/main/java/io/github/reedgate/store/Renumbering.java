package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import io.github.reedgate.message.EventNumber;
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
import org.jspecify.annotations.Nullable;

/**
 * Gives events new numbers, and the messages about them that still wait: the old ones were used before, with another content. Ids stay.
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
    static void finish(Database database, String gateway) throws StoreException {
        List<Renumbering> all = noted(database.read("reading the store", open -> Layout.value(open, NOTE)));
        for (int i = 0; i < all.size(); i++) {
            String left = note(all.subList(i + 1, all.size()));
            Place at = Place.START;
            while (!at.isEnd()) {
                at = all.get(i).apply(database, gateway, at, left);
            }
        }
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
    public long messages(Connection open, String gateway, long afterId) throws SQLException {
        List<Outbox.Entry> page = new ArrayList<>();
        new OutboxQueries(new SpoiledRows()).each(open, afterId, PAGE, page::add);
        for (Outbox.Entry entry : page) {
            if (concerns(EventNumber.of(entry.message()))) {
                OutboxTable.put(open, corrected(entry, null));
            }
        }
        return page.size() < PAGE ? -1 : page.get(PAGE - 1).id();
    }

    @Override
    public long firstEvent() {
        return toSeq;
    }

    @Override
    public long events(Connection open, String gateway, long at) throws SQLException {
        List<EventTable.Row> page = new ArrayList<>();
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
                    EventTable.row(rows, gateway).ifPresent(page::add);
                }
            }
        }
        try (PreparedStatement gone = open.prepareStatement("DELETE FROM event WHERE seq = ?")) {
            for (EventTable.Row row : page) {
                gone.setLong(1, row.event().stamp().seq());
                gone.executeUpdate();
                EventTable.put(open, corrected(row.event()), row.alarm());
            }
        }
        return count < PAGE ? -1 : lowest - 1;
    }

    @Override
    public void finish(Connection open, String left) throws SQLException {
        Layout.put(open, NOTE, left);
    }

    private boolean concerns(long seq) {
        return seq >= fromSeq && seq <= toSeq;
    }

    @Override
    public boolean concerns(Event event) {
        return concerns(event.stamp().seq());
    }

    @Override
    public Event corrected(Event event) {
        Event.Stamp stamp = event.stamp();
        return event.with(new Event.Stamp(
                stamp.id(), stamp.seq() + by, stamp.boot(), stamp.time(), stamp.clockSynced(), stamp.uptimeMillis()));
    }

    @Override
    public Outbox.Entry corrected(Outbox.Entry entry, @Nullable Event event) {
        long seq = EventNumber.of(entry.message());
        return concerns(seq)
                ? new Outbox.Entry(entry.id(), EventNumber.changed(entry.message(), seq + by), entry.priority())
                : entry;
    }
}
