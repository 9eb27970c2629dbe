package io.github.reedgate.monitor.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Keeps the newest rows of a table that any client of the broker can fill: so many rows, and so many characters in them.
 * It removes the oldest while it writes, so that the table has at most a tenth more at any time. Owned by the recorder's thread.
 * What it counts does not survive a restart; then it looks at the table first.
 */
final class BoundedTable {

    private final String name;
    private final String characters;
    private final int mostRows;
    private final long mostCharacters;
    // what was added since the table was within its bounds, at least
    private long rows;
    private long added;
    private boolean isKnown;
    // removed within a transaction that is not committed yet
    private long removing;
    private long removed;

    /**
     * A table that was not looked at yet.
     *
     * @param name its name; it has a column {@code n} that rises
     * @param characters SQL: how many characters a row has
     */
    BoundedTable(String name, String characters, int mostRows, long mostCharacters) {
        this.name = name;
        this.characters = characters;
        this.mostRows = mostRows;
        this.mostCharacters = mostCharacters;
    }

    /** A row was added within the caller's transaction. */
    void added(long length) {
        rows++;
        added += length;
    }

    /** Removes the oldest rows within the caller's transaction if too much was added. */
    void bound(Connection connection) throws SQLException {
        if (!isKnown || rows > mostRows / 10 || added > mostCharacters / 10) {
            trim(connection);
        }
    }

    /** Removes the oldest rows within the caller's transaction if anything was added. */
    void trim(Connection connection) throws SQLException {
        if (isKnown && rows == 0) {
            return;
        }
        long last = lastTooMuch(connection);
        if (last > 0) {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + name + " WHERE n <= ?")) {
                delete.setLong(1, last);
                removing += delete.executeUpdate();
            }
        }
        rows = 0;
        added = 0;
        isKnown = true;
    }

    /** The place of the newest row that is beyond a bound; 0 if none is. */
    private long lastTooMuch(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT n, " + characters + " FROM " + name + " ORDER BY n DESC LIMIT " + (mostRows + 1))) {
            try (ResultSet row = query.executeQuery()) {
                long sum = 0;
                for (int count = 1; row.next(); count++) {
                    sum += row.getLong(2);
                    if (count > mostRows || sum > mostCharacters) {
                        return row.getLong(1);
                    }
                }
                return 0;
            }
        }
    }

    /** The caller's transaction was committed. */
    void committed() {
        removed += removing;
        removing = 0;
    }

    /** The caller's transaction failed: nobody knows what is in the table. */
    void failed() {
        removing = 0;
        isKnown = false;
    }

    /** How many rows were removed since the last call. */
    long takeRemoved() {
        long count = removed;
        removed = 0;
        return count;
    }
}
