package io.github.reedgate.store;

import io.github.reedgate.json.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a file of layout 1, 2 or 3 has what must be known after a restart: in a table of the alarm panel and under five names. Their
 * texts are put into one document as they are; whoever reads that knows their forms. Stateless; the connection's owner calls it.
 */
final class FormerPlaces {

    /** The field of the document that has the texts by their names. */
    private static final String FIELD = "former_texts";

    private static final String PANEL = "panel";
    private static final List<String> NAMES =
            List.of("panel_lost", "notice_plan", "left_open", "troubles", "failed_codes", "used_nonces");

    /** A text that was there and is damaged; none of these texts can be this one. */
    private static final String DAMAGED = "damaged";

    private FormerPlaces() {}

    /** Puts all of it into one document, and removes it from where it was. Part of the caller's transaction. */
    static void gather(Connection connection, int version) throws SQLException {
        Map<String, String> texts = new LinkedHashMap<>();
        if (version > 1) {
            try (PreparedStatement query = connection.prepareStatement("SELECT document FROM panel")) {
                read(query, PANEL, texts);
            }
            Database.execute(connection, "DROP TABLE panel");
        }
        for (String name : NAMES) {
            try (PreparedStatement query = connection.prepareStatement("SELECT value FROM meta WHERE key = ?")) {
                query.setString(1, name);
                read(query, name, texts);
            }
            try (PreparedStatement row = connection.prepareStatement("DELETE FROM meta WHERE key = ?")) {
                row.setString(1, name);
                row.executeUpdate();
            }
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("version", 1L);
        document.put(FIELD, texts);
        DocumentTable.putSnapshot(connection, Json.write(document));
    }

    private static void read(PreparedStatement query, String name, Map<String, String> texts) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            String stored = row.next() ? row.getString(1) : null;
            if (stored == null) {
                return;
            }
            String text = Layout.unchecked(stored);
            if (!text.isEmpty()) {
                texts.put(name, text);
            } else if (!stored.equals(Layout.checked(""))) {
                texts.put(name, DAMAGED);
            }
        }
    }
}
