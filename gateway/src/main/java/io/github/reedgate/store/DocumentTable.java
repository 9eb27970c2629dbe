package io.github.reedgate.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The table of documents, each with its check; row 1 is what the gateway must still know after a restart. Its key is a number on
 * purpose: each row then costs one page less than in the table of names and values. Stateless; the connection's owner calls it.
 */
final class DocumentTable {

    /** Makes the table. */
    static final String CREATE = "CREATE TABLE document (id INTEGER PRIMARY KEY, body TEXT NOT NULL)";

    private DocumentTable() {}

    /** Stores what must still be known after a restart, in place of what was stored before. */
    static void putSnapshot(Connection connection, String document) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(
                "INSERT INTO document (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body")) {
            row.setString(1, Layout.checked(document));
            row.executeUpdate();
        }
    }

    /** What must still be known after a restart, or why that can't be read. */
    static SnapshotRecall snapshot(Connection connection) throws SQLException {
        try (Statement query = connection.createStatement();
                ResultSet row = query.executeQuery("SELECT body FROM document WHERE id = 1")) {
            if (!row.next()) {
                return SnapshotRecall.NOTHING;
            }
            String document = Layout.unchecked(row.getString(1));
            return new SnapshotRecall(document, "", document.isEmpty() ? "its row in the store is damaged" : "");
        }
    }
}
