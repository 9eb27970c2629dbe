package io.github.reedgate.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A message that waited for the broker in a file of layout 4 or an earlier one. Immutable.
 *
 * @param id its place in the order
 * @param topic its topic
 * @param payload its payload
 * @param properties its user properties as a JSON object
 * @param alarm whether it was dropped last
 * @param seq number of its event; 0 if it has none
 * @param isWhole whether the row is as it was written; if not, nothing of it is certain
 */
record OutboxRow(long id, String topic, String payload, String properties, boolean alarm, long seq, boolean isWhole) {

    /** The columns in the order in which {@link #read} reads them. */
    static final String COLUMNS = "id, topic, payload, content_type, properties, alarm, seq, crc";

    private static final int TEXTS = 4;

    /** The row of a result that has {@link #COLUMNS}, also if it is damaged. */
    static OutboxRow read(ResultSet row) throws SQLException {
        long id = row.getLong(1);
        RowCheck check = new RowCheck().number(id);
        String[] texts = new String[TEXTS];
        boolean isWhole = true;
        for (int i = 0; i < TEXTS; i++) {
            byte[] utf8 = row.getBytes(i + 2);
            isWhole &= utf8 != null;
            byte[] text = utf8 == null ? new byte[0] : utf8;
            check.utf8(text);
            texts[i] = new String(text, StandardCharsets.UTF_8);
        }
        boolean alarm = row.getLong(6) != 0;
        long seq = row.getLong(7);
        isWhole &= check.flag(alarm).number(seq).value() == row.getLong(8);
        return new OutboxRow(id, texts[0], texts[1], texts[3], alarm, seq, isWhole);
    }
}
