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
        return write(event.type().word(), event.stamp(), event, replayed);
    }

    /**
     * Writes an event from its row of the log as one that leaves later than it could have; also if this version does not know its type.
     *
     * @param gateway the gateway's id, which no row has
     * @return empty if the further fields are no JSON that this program writes
     */
    public static Optional<String> writeReplayed(LogRow row, String gateway) {
        // the type only has to be some type: its word is written from the row
        LogRow known = row.typed(EventType.STARTED.word());
        return known.event(gateway).map(event -> write(row.type(), event.stamp(), event, true));
    }

    private static String write(String type, Event.Stamp stamp, Event event, boolean replayed) {
        return Json.write(json -> {
            json.text("event_type", type);
            json.text("id", stamp.id());
            json.number("seq", stamp.seq());
            json.number("boot", stamp.boot());
            json.text("gateway", event.gateway());
            json.text("sensor", event.sensor());
            json.text("name", event.name());
            json.text("state", event.state());
            json.text("time", ClockText.utc(stamp.time()));
            json.flag("clock_synced", stamp.clockSynced());
            json.number("uptime_ms", stamp.uptimeMillis());
            json.flag("replayed", replayed);
            json.value(Event.INCIDENT, event.more().get(Event.INCIDENT));
            json.text("message", event.message());
            for (Map.Entry<String, Object> field : event.more().entrySet()) {
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
        String word = text(fields, "event_type");
        EventType type = EventType.of(word).orElseThrow(() -> new IOException("type " + word + " is not known"));
        Event.Stamp stamp = new Event.Stamp(
                text(fields, "id"),
                number(fields, "seq"),
                number(fields, "boot"),
                time(text(fields, "time")),
                flag(fields, "clock_synced"),
                number(fields, "uptime_ms"));
        String gateway = text(fields, "gateway");
        String sensor = textOrNull(fields, "sensor");
        String name = textOrNull(fields, "name");
        String state = textOrNull(fields, "state");
        String message = text(fields, "message");
        flag(fields, "replayed");
        return new Event(type, stamp, gateway, sensor, name, state, message, rest(fields));
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
