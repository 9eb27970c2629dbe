package io.github.reedgate.store;

import io.github.reedgate.delivery.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What is asked of the waiting messages; rows that fail their check are told and skipped. Used by the connection's owner. */
final class OutboxQueries {

    private static final String SELECT = "SELECT " + OutboxTable.COLUMNS + " FROM outbox ";

    private final SpoiledRows spoiled;

    OutboxQueries(SpoiledRows spoiled) {
        this.spoiled = spoiled;
    }

    /**
     * Hands out entries, oldest first.
     *
     * @return the ids of those that failed their check
     */
    List<Long> each(Connection connection, long afterId, int limit, Consumer<Outbox.Entry> taker) throws SQLException {
        List<Long> failed = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(SELECT + "WHERE id > ? ORDER BY id")) {
            query.setLong(1, afterId);
            try (ResultSet rows = query.executeQuery()) {
                int given = 0;
                while (given < limit && rows.next()) {
                    Optional<Outbox.Entry> entry = OutboxTable.row(rows);
                    if (entry.isPresent()) {
                        taker.accept(entry.get());
                        given++;
                    } else {
                        failed.add(rows.getLong(1));
                        spoiled.tell("outbox", rows.getLong(1));
                    }
                }
            }
        }
        return failed;
    }

    /**
     * Removes rows; those with consecutive ids at once.
     *
     * @param ids in ascending order
     * @return how many there were
     */
    static int remove(Connection connection, Collection<Long> ids) throws SQLException {
        int removed = 0;
        try (PreparedStatement rows = connection.prepareStatement("DELETE FROM outbox WHERE id BETWEEN ? AND ?")) {
            Iterator<Long> all = ids.iterator();
            Long next = all.hasNext() ? all.next() : null;
            while (next != null) {
                long first = next;
                long last = first;
                next = all.hasNext() ? all.next() : null;
                while (next != null && next == last + 1) {
                    last = next;
                    next = all.hasNext() ? all.next() : null;
                }
                rows.setLong(1, first);
                rows.setLong(2, last);
                removed += rows.executeUpdate();
            }
        }
        return removed;
    }
}
