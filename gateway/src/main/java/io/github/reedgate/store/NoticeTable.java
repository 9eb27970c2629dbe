package io.github.reedgate.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** The rows of the notifications that wait. Stateless; the connection's owner calls it. */
final class NoticeTable {

    /** Makes the table. */
    static final String CREATE = "CREATE TABLE notice (id INTEGER PRIMARY KEY, document TEXT NOT NULL)";

    private NoticeTable() {}

    /** Writes what has changed. */
    static void write(Connection connection, NoticeChange change) throws SQLException {
        for (long id : change.removed()) {
            try (PreparedStatement row = connection.prepareStatement("DELETE FROM notice WHERE id = ?")) {
                row.setLong(1, id);
                row.executeUpdate();
            }
        }
        for (Map.Entry<Long, String> added : change.added().entrySet()) {
            try (PreparedStatement row =
                    connection.prepareStatement("REPLACE INTO notice (id, document) VALUES (?, ?)")) {
                row.setLong(1, added.getKey());
                row.setString(2, Layout.checked(added.getValue()));
                row.executeUpdate();
            }
        }
    }

    /** All that waits, by number; the text of a row that is not as it was written is empty. */
    static Map<Long, String> all(Connection connection) throws SQLException {
        Map<Long, String> all = new TreeMap<>();
        try (Statement query = connection.createStatement();
                ResultSet row = query.executeQuery("SELECT id, document FROM notice ORDER BY id")) {
            while (row.next()) {
                all.put(row.getLong(1), Layout.unchecked(row.getString(2)));
            }
        }
        return all;
    }
}
