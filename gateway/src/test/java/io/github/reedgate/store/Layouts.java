package io.github.reedgate.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;

/** Makes a store of an earlier layout from one of the present. Stateless. */
final class Layouts {

    private Layouts() {}

    /**
     * Takes a store back to layout 1, 2 or 3.
     *
     * @param texts what must be known after a restart, by its former name; {@code panel} has a table of its own from layout 2 on
     */
    static void former(Path folder, int version, Map<String, String> texts) throws Exception {
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(StoreFile.NAME));
                Statement statement = open.createStatement()) {
            statement.execute("DROP TABLE document");
            if (version < 3) {
                statement.execute("DROP TABLE notice");
            }
            if (version > 1) {
                statement.execute("CREATE TABLE panel (id INTEGER PRIMARY KEY CHECK (id = 1), document TEXT NOT NULL)");
            }
            for (Map.Entry<String, String> text : texts.entrySet()) {
                if (text.getKey().equals("panel")) {
                    statement.execute("INSERT INTO panel VALUES (1, '" + Layout.checked(text.getValue()) + "')");
                } else {
                    Layout.put(open, text.getKey(), text.getValue());
                }
            }
            statement.execute("PRAGMA user_version=" + version);
        }
    }
}
