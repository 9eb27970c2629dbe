package io.github.reedgate.notice;

import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.json.Json;
import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notices and events as JSON, as they are stored on disk. Stateless. */
final class NoticeText {

    private NoticeText() {}

    static String write(Notice notice) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("target", notice.target());
        all.put("grade", notice.grade().word());
        all.put("text", notice.text());
        all.put("repeat", notice.repeat());
        all.put("escalated", notice.escalated());
        all.put("after_ms", notice.afterMillis());
        all.put("event", map(notice.event()));
        return Json.write(all);
    }

    static Optional<Notice> notice(String document) {
        try {
            Map<String, @Nullable Object> all = JsonObject.read(document);
            return Optional.of(new Notice(
                    word(all, "target"),
                    Grade.valueOf(upper(word(all, "grade"))),
                    word(all, "text"),
                    count(all, "repeat"),
                    flag(all, "escalated"),
                    number(all, "after_ms"),
                    event(all.get("event"))));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    static Map<String, Object> map(Event event) {
        Event.Stamp stamp = event.stamp();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("type", event.type().word());
        all.put("id", stamp.id());
        all.put("seq", stamp.seq());
        all.put("boot", stamp.boot());
        all.put("time", stamp.time().toString());
        all.put("clock_synced", stamp.clockSynced());
        all.put("uptime_ms", stamp.uptimeMillis());
        all.put("gateway", event.gateway());
        put(all, "sensor", event.sensor());
        put(all, "name", event.name());
        put(all, "state", event.state());
        all.put("message", event.message());
        all.put("more", event.more());
        return all;
    }

    /**
     * Reads an event.
     *
     * @throws IllegalArgumentException if it is none
     * @throws DateTimeException if its time is none
     */
    static Event event(@Nullable Object written) {
        if (!(written instanceof Map<?, ?> all) || !(all.get("more") instanceof Map<?, ?> more)) {
            throw new IllegalArgumentException("the event is missing");
        }
        return new Event(
                EventType.valueOf(upper(word(all, "type"))),
                new Event.Stamp(
                        word(all, "id"),
                        number(all, "seq"),
                        number(all, "boot"),
                        Instant.parse(word(all, "time")),
                        flag(all, "clock_synced"),
                        number(all, "uptime_ms")),
                word(all, "gateway"),
                textOrNull(all, "sensor"),
                textOrNull(all, "name"),
                textOrNull(all, "state"),
                word(all, "message"),
                fields(more));
    }

    private static Map<String, Object> fields(Map<?, ?> all) {
        Map<String, Object> fields = new LinkedHashMap<>();
        all.forEach((name, value) -> fields.put(String.valueOf(name), plain(value)));
        return fields;
    }

    private static Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return fields(map);
        } else if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            list.forEach(one -> plain.add(plain(one)));
            return plain;
        } else if (value instanceof Number number) {
            return number.longValue();
        }
        return value instanceof Boolean ? value : String.valueOf(value);
    }

    private static void put(Map<String, Object> all, String name, @Nullable Object value) {
        if (value != null) {
            all.put(name, value);
        }
    }

    static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }

    static String word(Map<?, ?> all, String name) {
        String text = textOrNull(all, name);
        if (text == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return text;
    }

    private static @Nullable String textOrNull(Map<?, ?> all, String name) {
        return all.get(name) instanceof String text ? text : null;
    }

    static long number(Map<?, ?> all, String name) {
        return JsonObject.number(all, name);
    }

    /** A number that is never negative and fits an int. */
    static int count(Map<?, ?> all, String name) {
        long number = number(all, name);
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " is out of range");
        }
        return (int) number;
    }

    static boolean flag(Map<?, ?> all, String name) {
        return Boolean.TRUE.equals(all.get(name));
    }
}
