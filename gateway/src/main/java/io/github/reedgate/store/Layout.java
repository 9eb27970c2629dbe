package io.github.reedgate.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tables of the file, and the small one of names and values. Stateless; the connection's owner calls it. */
final class Layout {

    /** What makes the tables. */
    static final List<String> TABLES = List.of(
            EventTable.CREATE,
            OutboxTable.CREATE,
            "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
            NoticeTable.CREATE,
            DocumentTable.CREATE);

    private static final String GATEWAY = "gateway";

    private Layout() {}

    /** Makes the tables of a new file in one transaction. */
    static void create(Connection connection) throws SQLException {
        Database.execute(connection, "BEGIN IMMEDIATE");
        for (String table : TABLES) {
            Database.execute(connection, table);
        }
        Database.execute(connection, "PRAGMA application_id=" + StoreFile.APPLICATION);
        Database.execute(connection, "PRAGMA user_version=" + StoreFile.VERSION);
        Database.execute(connection, "COMMIT");
    }

    /** How many tables a file of a layout has; a new one, of layout 0, has none. */
    static int tables(int version) {
        return switch (version) {
            case 0 -> 0;
            case 1 -> 3;
            case 2 -> 4;
            default -> TABLES.size();
        };
    }

    /**
     * Brings a file of an earlier layout to the present one in one transaction: 1 had no alarm panel, 2 had no notifications, and 3
     * had what must be known after a restart in six places.
     */
    static void bringUp(Connection connection, int version) throws SQLException {
        Database.execute(connection, "BEGIN IMMEDIATE");
        if (version < 3) {
            Database.execute(connection, NoticeTable.CREATE);
        }
        Database.execute(connection, DocumentTable.CREATE);
        FormerPlaces.gather(connection, version);
        Database.execute(connection, "PRAGMA user_version=" + StoreFile.VERSION);
        Database.execute(connection, "COMMIT");
    }

    /** The id of the gateway whose events these are; empty text if it is not there or not as it was written. */
    static String gateway(Connection connection) throws SQLException {
        return value(connection, GATEWAY);
    }

    /** The value of a name; empty text if it is not there or not as it was written. */
    static String value(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT value FROM meta WHERE key = ?")) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? unchecked(row.getString(1)) : "";
            }
        }
    }

    /** What a column of values holds without its check; empty text if it is not as it was written. */
    static String unchecked(@Nullable String stored) {
        int end = stored == null ? -1 : stored.lastIndexOf(' ');
        String value = stored == null || end < 0 ? "" : stored.substring(0, end);
        return checked(value).equals(stored) ? value : "";
    }

    /** Keeps the gateway's id. */
    static void putGateway(Connection connection, String id) throws SQLException {
        put(connection, GATEWAY, id);
    }

    /** Keeps a value under a name. */
    static int put(Connection connection, String name, String value) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("REPLACE INTO meta (key, value) VALUES (?, ?)")) {
            row.setString(1, name);
            row.setString(2, checked(value));
            return row.executeUpdate();
        }
    }

    /** Keeps values by their names, each in place of what was kept under its name. */
    static void putAll(Connection connection, Map<String, String> values) throws SQLException {
        for (Map.Entry<String, String> each : values.entrySet()) {
            put(connection, each.getKey(), each.getValue());
        }
    }

    /** A value with its check. */
    static String checked(String id) {
        return id + " " + Long.toHexString(new RowCheck().text(id).value());
    }
}
