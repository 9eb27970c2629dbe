package io.github.reedgate.cli;

import io.github.reedgate.event.ClockText;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as lines of JSON with the names that they have on the event topic; {@code alarm} is added, and what is not
 * visible is escaped. Immutable, safe for use by any thread.
 */
public final class LogJson implements LogFormat {

    @Override
    public String line(LogRow event) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("event_type", event.type());
        fields.put("id", event.id());
        fields.put("seq", event.seq());
        fields.put("boot", event.boot());
        fields.put("sensor", event.sensor());
        fields.put("name", event.name());
        fields.put("state", event.state());
        fields.put("time", ClockText.utc(event.time()));
        fields.put("clock_synced", event.clockSynced());
        fields.put("uptime_ms", event.uptimeMillis());
        fields.put("alarm", event.alarm());
        fields.put("message", event.message());
        more(event.more()).forEach(fields::putIfAbsent);
        return value(fields) + System.lineSeparator();
    }

    private static Map<String, Object> more(@Nullable String json) {
        if (json == null) {
            return Map.of();
        }
        try {
            return JsonObject.read(json);
        } catch (IOException e) {
            return Map.of("more", json);
        }
    }

    /** Maps, lists, texts, numbers, booleans and null as JSON. */
    public static String value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            StringJoiner json = new StringJoiner(",", "{", "}");
            map.forEach((name, one) -> json.add(MessageJson.quoted(String.valueOf(name)) + ":" + value(one)));
            return json.toString();
        }
        if (value instanceof List<?> list) {
            StringJoiner json = new StringJoiner(",", "[", "]");
            list.forEach(one -> json.add(value(one)));
            return json.toString();
        }
        return value == null || value instanceof Number || value instanceof Boolean
                ? String.valueOf(value)
                : MessageJson.quoted(value.toString());
    }
}
