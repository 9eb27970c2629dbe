package io.github.reedgate.monitor.cli;

import io.github.reedgate.cli.LogJson;
import io.github.reedgate.cli.SafeText;
import io.github.reedgate.event.ClockText;
import io.github.reedgate.monitor.history.HistoryRow;
import io.github.reedgate.monitor.record.RecordedEvent;
import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How events are printed: each is one line, and what is not visible is escaped. Immutable.
 *
 * @param head what stands above the first event, with its line end; may be empty
 * @param line an event with its line end
 */
record HistoryFormat(String head, Function<RecordedEvent, String> line) {

    private static final int WORD_LIMIT = 32;
    private static final int TEXT_LIMIT = 65_536;

    /** The lines of events. */
    String lines(List<HistoryRow> rows) {
        return rows.stream().map(row -> line.apply(row.event())).collect(Collectors.joining());
    }

    /** For people: local time, gateway, number, type, sensor, message. */
    static HistoryFormat table(ZoneId zone) {
        DateTimeFormatter time =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
        String form = "%-20s %-12s %8s  %-16s %-14s %s" + System.lineSeparator();
        return new HistoryFormat(
                String.format(Locale.ROOT, form, "time", "gateway", "seq", "type", "sensor", "message"), event -> {
                    String sensor = event.sensor();
                    return String.format(
                            Locale.ROOT,
                            form,
                            time.format(Instant.ofEpochMilli(event.timeMillis())) + (event.clockSynced() ? "" : "*"),
                            event.gateway(),
                            event.seq(),
                            event.type(),
                            sensor == null ? "-" : SafeText.line(sensor, WORD_LIMIT),
                            SafeText.line(event.message(), TEXT_LIMIT));
                });
    }

    /** JSON lines with the names that the event has on the event topic, and {@code received_at}. */
    static HistoryFormat jsonLines() {
        return new HistoryFormat("", event -> LogJson.value(fields(event)) + System.lineSeparator());
    }

    private static Map<String, @Nullable Object> fields(RecordedEvent event) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("event_type", event.type());
        fields.put("id", event.id());
        fields.put("seq", event.seq());
        fields.put("boot", event.boot());
        fields.put("gateway", event.gateway());
        fields.put("sensor", event.sensor());
        fields.put("name", event.name());
        fields.put("state", event.state());
        fields.put("time", ClockText.utc(Instant.ofEpochMilli(event.timeMillis())));
        fields.put("clock_synced", event.clockSynced());
        fields.put("uptime_ms", event.uptimeMillis());
        fields.put("replayed", event.replayed());
        fields.put("incident_id", event.incident());
        fields.put("message", event.message());
        more(event.more()).forEach(fields::putIfAbsent);
        fields.put("received_at", ClockText.utc(Instant.ofEpochMilli(event.receivedMillis())));
        return fields;
    }

    private static Map<String, @Nullable Object> more(@Nullable String json) {
        if (json == null) {
            return Map.of();
        }
        try {
            return JsonObject.read(json);
        } catch (IOException e) {
            return Map.of("more", json);
        }
    }

    /** Comma-separated values (RFC 4180). */
    static HistoryFormat csv() {
        String head = "time,clock_synced,gateway,seq,boot,uptime_ms,event_type,sensor,name,state,incident_id,message,"
                + "replayed,id,received_at,more\r\n";
        return new HistoryFormat(
                head,
                event -> Stream.of(
                                        ClockText.utc(Instant.ofEpochMilli(event.timeMillis())),
                                        Boolean.toString(event.clockSynced()),
                                        event.gateway(),
                                        Long.toString(event.seq()),
                                        Long.toString(event.boot()),
                                        Long.toString(event.uptimeMillis()),
                                        event.type(),
                                        value(event.sensor()),
                                        value(event.name()),
                                        value(event.state()),
                                        value(event.incident()),
                                        value(event.message()),
                                        Boolean.toString(event.replayed()),
                                        event.id(),
                                        ClockText.utc(Instant.ofEpochMilli(event.receivedMillis())),
                                        value(event.more()))
                                .collect(Collectors.joining(","))
                        + "\r\n");
    }

    private static String value(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String safe = SafeText.line(text, TEXT_LIMIT);
        boolean needsQuotes = safe.contains(",") || safe.contains("\"") || !safe.equals(safe.strip());
        return needsQuotes ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
