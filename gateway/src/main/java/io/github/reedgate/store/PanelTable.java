package io.github.reedgate.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The one row of what the alarm panel has to remember. Stateless; the connection's owner calls it. */
final class PanelTable {

    /** Makes the table. */
    static final String CREATE = "CREATE TABLE panel (id INTEGER PRIMARY KEY CHECK (id = 1), document TEXT NOT NULL)";

    private PanelTable() {}

    /** Keeps a document in place of the one before. */
    static void put(Connection connection, String document) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("REPLACE INTO panel (id, document) VALUES (1, ?)")) {
            row.setString(1, Layout.checked(document));
            row.executeUpdate();
        }
    }

    /** The document, or why there is none. */
    static PanelRecall recall(Connection connection) throws SQLException {
        String document = get(connection);
        boolean isSpoilt = document.isEmpty() && Database.number(connection, "SELECT count(*) FROM panel") > 0;
        return new PanelRecall(document, isSpoilt ? "its row in the store is damaged" : "");
    }

    /** The document; empty text if there is none, or it is not as it was written. */
    static String get(Connection connection) throws SQLException {
        try (Statement query = connection.createStatement();
                ResultSet row = query.executeQuery("SELECT document FROM panel")) {
            return row.next() ? Layout.unchecked(row.getString(1)) : "";
        }
    }
}
