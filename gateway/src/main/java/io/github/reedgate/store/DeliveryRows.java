package io.github.reedgate.store;

import io.github.reedgate.delivery.DeliveryState;
import io.github.reedgate.event.SeqRange;
import io.github.reedgate.json.Json;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which events the broker needs no more, in the rows 2 and 3 of the documents in turn. Each has a check and a counter, and of the valid ones
 * that with the higher counter counts: one damaged row costs repeats at most. Stateless; the connection's owner calls it.
 */
final class DeliveryRows {

    /** Reads both rows. */
    static final String SELECT = "SELECT body FROM document WHERE id BETWEEN 2 AND 3 ORDER BY id";

    private static final int FIRST = 2;
    private static final int ROWS = 2;
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");

    private DeliveryRows() {}

    /**
     * What is stored.
     *
     * @param state which events are delivered
     * @param counter counter of the row that says so; 0 if none can be read
     */
    record Stored(DeliveryState state, long counter) {}

    /** Writes a state with the next counter. */
    static void put(Connection connection, Stored stored) throws SQLException {
        DocumentTable.put(connection, FIRST + stored.counter() % ROWS, write(stored));
    }

    /** What is stored; with the counter 0 if neither row can be read. */
    static Stored get(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SELECT);
                ResultSet rows = query.executeQuery()) {
            return best(rows);
        }
    }

    /** The same of the rows that {@link #SELECT} gives. */
    static Stored best(ResultSet rows) throws SQLException {
        Stored best = new Stored(DeliveryState.NOTHING, 0);
        while (rows.next()) {
            Stored found = read(Layout.unchecked(rows.getString(1)));
            best = found.counter() > best.counter() ? found : best;
        }
        return best;
    }

    private static String write(Stored stored) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", 1L);
        json.put("counter", stored.counter());
        json.put("event", fields(stored.state().event()));
        json.put("alarm", fields(stored.state().alarm()));
        return Json.write(json);
    }

    private static Map<String, Object> fields(DeliveryState.Progress progress) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("up_to", progress.upTo());
        json.put(
                "above",
                progress.above().stream()
                        .map(range -> range.from() + "-" + range.to())
                        .toList());
        return json;
    }

    /** Reads a row's text; the counter is 0 if it can't be read. */
    static Stored read(String text) {
        try {
            Map<String, Object> json = Json.read(text);
            if (json.get("counter") instanceof Long counter) {
                return new Stored(new DeliveryState(progress(json.get("event")), progress(json.get("alarm"))), counter);
            }
        } catch (IOException e) {
            return new Stored(DeliveryState.NOTHING, 0);
        }
        return new Stored(DeliveryState.NOTHING, 0);
    }

    private static DeliveryState.Progress progress(@Nullable Object json) throws IOException {
        if (json instanceof Map<?, ?> fields
                && fields.get("up_to") instanceof Long upTo
                && upTo >= 0
                && fields.get("above") instanceof List<?> above) {
            List<SeqRange> ranges = new ArrayList<>();
            for (Object each : above) {
                Matcher range = RANGE.matcher(String.valueOf(each));
                if (!range.matches()) {
                    throw new IOException("no range: " + each);
                }
                ranges.add(new SeqRange(Long.parseLong(range.group(1)), Long.parseLong(range.group(2))));
            }
            return new DeliveryState.Progress(upTo, ranges);
        }
        throw new IOException("no progress: " + json);
    }
}
