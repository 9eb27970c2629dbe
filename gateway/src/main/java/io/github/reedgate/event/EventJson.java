package io.github.reedgate.event;

import io.github.reedgate.json.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON form of an event, as it stands on the event topic and as webhooks get it. Stateless. */
public final class EventJson {

    private EventJson() {}

    /**
     * Writes an event.
     *
     * @param replayed whether it leaves later than it could have
     */
    public static String write(Event event, boolean replayed) {
        return write(LogRow.of(event, Priority.ROUTINE), event.gateway(), event.more(), replayed);
    }

    /**
     * Writes an event of the log. One whose type this version does not know is written, too; further fields that can't be read are left
     * out.
     *
     * @param row the event
     * @param gateway the gateway's id, which no row has
     * @param replayed whether it leaves later than it could have
     */
    public static String write(LogRow row, String gateway, boolean replayed) {
        try {
            return write(row, gateway, row.fields(), replayed);
        } catch (IOException e) {
            return write(row, gateway, Map.of(), replayed);
        }
    }

    /**
     * Writes an event from its row of the log as one that leaves later than it could have; also if this version does not know its type.
     *
     * @param gateway the gateway's id, which no row has
     * @return empty if the further fields are no JSON that this program writes
     */
    public static Optional<String> writeReplayed(LogRow row, String gateway) {
        try {
            return Optional.of(write(row, gateway, row.fields(), true));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String write(LogRow row, String gateway, Map<String, Object> more, boolean replayed) {
        return Json.write(json -> {
            json.text("event_type", row.type());
            json.text("id", row.id());
            json.number("seq", row.seq());
            json.number("boot", row.boot());
            json.text("gateway", gateway);
            json.text("sensor", row.sensor());
            json.text("name", row.name());
            json.text("state", row.state());
            json.text("time", ClockText.utc(row.time()));
            json.flag("clock_synced", row.clockSynced());
            json.number("uptime_ms", row.uptimeMillis());
            json.flag("replayed", replayed);
            json.value(Event.INCIDENT, more.get(Event.INCIDENT));
            json.text("message", row.message());
            for (Map.Entry<String, Object> field : more.entrySet()) {
                if (!field.getKey().equals(Event.INCIDENT)) {
                    json.value(field.getKey(), field.getValue());
                }
            }
        });
    }

    /**
     * Reads an event that {@link #write} wrote. Its time has milliseconds, whole numbers among its further fields are {@link
     * Long}.
     *
     * @throws IOException if it is no such event, or of a type that this version does not know
     */
    public static Event read(String text) throws IOException {
        Map<String, @Nullable Object> fields = Json.readWithNulls(text);
        String gateway = text(fields, "gateway");
        LogRow row = row(fields);
        return row.event(gateway).orElseThrow(() -> new IOException("type " + row.type() + " is not known"));
    }

    /**
     * Reads an event that {@link #write} wrote as a row of the log, also if this version does not know its type. Its priority is {@link
     * Priority#ROUTINE}, because the text does not say.
     *
     * @throws IOException if it is no such event
     */
    public static LogRow readRow(String text) throws IOException {
        Map<String, @Nullable Object> fields = Json.readWithNulls(text);
        fields.remove("gateway");
        return row(fields);
    }

    private static LogRow row(Map<String, @Nullable Object> fields) throws IOException {
        String type = text(fields, "event_type");
        String id = text(fields, "id");
        long seq = number(fields, "seq");
        long boot = number(fields, "boot");
        Instant time = time(text(fields, "time"));
        boolean clockSynced = flag(fields, "clock_synced");
        long uptimeMillis = number(fields, "uptime_ms");
        String sensor = textOrNull(fields, "sensor");
        String name = textOrNull(fields, "name");
        String state = textOrNull(fields, "state");
        String message = text(fields, "message");
        flag(fields, "replayed");
        Map<String, Object> more = rest(fields);
        return new LogRow(
                seq,
                id,
                boot,
                time,
                clockSynced,
                uptimeMillis,
                type,
                sensor,
                name,
                state,
                message,
                more.isEmpty() ? null : Json.write(more),
                Priority.ROUTINE);
    }

    /** The further fields: those that are left once the others are taken. */
    private static Map<String, Object> rest(Map<String, @Nullable Object> fields) throws IOException {
        Map<String, Object> more = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            Object value = field.getValue();
            if (value != null) {
                more.put(field.getKey(), value);
            } else if (!field.getKey().equals(Event.INCIDENT)) {
                throw new IOException("field " + field.getKey() + " is null");
            }
        }
        return more;
    }

    private static Instant time(String text) throws IOException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IOException("field time is no time", e);
        }
    }

    private static String text(Map<String, @Nullable Object> fields, String name) throws IOException {
        String text = textOrNull(fields, name);
        if (text == null) {
            throw new IOException("field " + name + " is missing");
        }
        return text;
    }

    private static @Nullable String textOrNull(Map<String, @Nullable Object> fields, String name) throws IOException {
        Object value = fields.remove(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new IOException("field " + name + " is no text");
    }

    private static long number(Map<String, @Nullable Object> fields, String name) throws IOException {
        if (fields.remove(name) instanceof Long number) {
            return number;
        }
        throw new IOException("field " + name + " is no whole number");
    }

    private static boolean flag(Map<String, @Nullable Object> fields, String name) throws IOException {
        if (fields.remove(name) instanceof Boolean flag) {
            return flag;
        }
        throw new IOException("field " + name + " is neither true nor false");
    }
}
