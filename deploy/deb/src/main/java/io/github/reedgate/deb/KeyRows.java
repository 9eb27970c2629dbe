package io.github.reedgate.deb;

import io.github.reedgate.config.Key;
import io.github.reedgate.config.KeyTable;

/** Writes the keys of a configuration file as a table in Markdown. Stateless. */
final class KeyRows {

    private KeyRows() {}

    /** A row for each key, in the order of the table, below a row of headings. */
    static String of(KeyTable table) {
        StringBuilder rows = new StringBuilder("| key | if missing | allowed | meaning |\n|---|---|---|---|\n");
        for (Key<?> key : table.keys()) {
            String missing = key.defaultText().isEmpty() ? "required" : key.defaultText();
            rows.append("| `").append(key.path()).append("` | ").append(missing);
            rows.append(" | ").append(key.type().allowed()).append(" | ").append(key.meaning());
            rows.append(" |\n");
        }
        return rows.toString();
    }
}
