package io.github.reedgate.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.alarm.PanelAnswer;
import io.github.reedgate.command.Refusal;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of {@code docs/mqtt.md} against what the code writes. */
class MqttDocumentTest {

    private static final Path PAGE = Path.of("..", "docs", "mqtt.md");
    private static final Pattern EXAMPLE = Pattern.compile(
            "(?s)<!-- example: (event [a-z_]+|detail|diagnostics|reply|panel) -->\\s*```json\\n(.*?)```");
    private static final Pattern JSON_BLOCK = Pattern.compile("(?m)^```json$");
    private static final Messages MESSAGES = new Messages(Topics.of("reedgate", "home"));

    @Test
    void everyJsonExampleIsMarkedAndReadable() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(examples()).hasSizeGreaterThan(1);
        assertThat(JSON_BLOCK.matcher(page).results().count())
                .isEqualTo(examples().size());
    }

    @Test
    void examplesAreWhatTheCodeWritesForTheirValues() throws IOException {
        for (Example example : examples()) {
            Map<String, Object> fields = JSON.std.mapFrom(example.json());
            Message written = switch (example.kind()) {
                case "detail" -> detail(fields);
                case "diagnostics" -> diagnostics(fields);
                case "reply" -> reply(fields);
                case "panel" -> panel(fields);
                default -> event(example.kind(), fields);
            };

            assertThat(written.payload())
                    .as("example: %s", example.kind())
                    .isEqualTo(JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(fields));
        }
    }

    @Test
    void pageNamesEveryTypeOfEvent() throws IOException {
        String page = Files.readString(PAGE);
        for (EventType type : EventType.values()) {
            assertThat(page).contains("`" + type.word() + "`");
        }
    }

    @Test
    void pageNamesEveryReasonForWhichACommandIsRefused() throws IOException {
        String page = Files.readString(PAGE);
        for (Refusal why : Refusal.values()) {
            assertThat(page).contains("\n| `" + why.word() + "` | ");
        }
        for (PanelAnswer.Reason why : PanelAnswer.Reason.values()) {
            assertThat(page).contains("`" + why.word() + "`");
        }
    }

    @Test
    void tableNamesEveryTopic() throws IOException {
        Topics topics = Topics.of("reedgate", "home");
        assertThat(Files.readString(PAGE))
                .contains(
                        row(topics.availability()),
                        row(topics.state("<sensor>")),
                        row(topics.detail("<sensor>")),
                        row(topics.event()),
                        row(topics.alarm()),
                        row(topics.panelState()),
                        row(topics.panelDetail()),
                        row(topics.watermark()),
                        row(topics.doctor()),
                        row(topics.panelSet()),
                        row(topics.panelReply()));
    }

    private static String row(String topic) {
        return "\n| `" + topic + "` | ";
    }

    private static Message detail(Map<String, Object> fields) {
        return MESSAGES.detail(
                "front_door",
                new Messages.Detail(
                        text(fields, "event_id"),
                        number(fields, "seq"),
                        Instant.parse(text(fields, "since")),
                        text(fields, "health"),
                        number(fields, "glitches"),
                        number(fields, "bounces"),
                        text(fields, "tamper")));
    }

    private static Message diagnostics(Map<String, Object> fields) {
        return MESSAGES.diagnostics(new Messages.Diagnostics(
                Instant.parse(text(fields, "time")),
                number(fields, "uptime_s"),
                text(fields, "version"),
                number(fields, "outbox_depth"),
                number(fields, "oldest_unsent_s"),
                number(fields, "reconnects"),
                Boolean.TRUE.equals(fields.get("clock_synced")),
                ((Number) fields.getOrDefault("cpu_temperature_c", 0)).doubleValue(),
                number(fields, "rss_bytes"),
                counts(fields, "commands_refused"),
                textsByKey(fields, "subscriptions_lost")));
    }

    private static Message reply(Map<String, Object> fields) {
        List<String> sensors = new ArrayList<>();
        ((List<?>) fields.getOrDefault("sensors", List.of())).forEach(each -> sensors.add(String.valueOf(each)));
        return MESSAGES.panelReply(
                new Reply((String) fields.get("action"), (String) fields.get("reason"), sensors),
                Boolean.TRUE.equals(fields.get("stored")));
    }

    private static Map<String, Long> counts(Map<String, Object> fields, String name) {
        Map<String, Long> counts = new LinkedHashMap<>();
        ((Map<?, ?>) fields.getOrDefault(name, Map.of()))
                .forEach((key, count) -> counts.put(String.valueOf(key), ((Number) count).longValue()));
        return counts;
    }

    private static Map<String, Map<String, String>> textsByKey(Map<String, Object> fields, String name) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        ((Map<?, ?>) fields.getOrDefault(name, Map.of())).forEach((key, value) -> {
            Map<String, String> one = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((field, text) -> one.put(String.valueOf(field), String.valueOf(text)));
            all.put(String.valueOf(key), one);
        });
        return all;
    }

    private static Message panel(Map<String, Object> fields) {
        Map<String, Boolean> ready = new LinkedHashMap<>();
        ((Map<?, ?>) fields.getOrDefault("ready", Map.of()))
                .forEach((mode, can) -> ready.put(mode.toString(), Boolean.TRUE.equals(can)));
        return MESSAGES.panelDetail(new Messages.PanelDetail(
                Instant.parse(text(fields, "since")),
                text(fields, "mode"),
                (String) fields.get("former_mode"),
                text(fields, "incident_id"),
                texts(fields, "open"),
                texts(fields, "bypassed"),
                ready,
                Instant.parse(text(fields, "deadline"))));
    }

    private static List<String> texts(Map<String, Object> fields, String name) {
        return ((List<?>) fields.getOrDefault(name, List.of()))
                .stream().map(Object::toString).toList();
    }

    private static Message event(String kind, Map<String, Object> fields) {
        EventType type = EventType.valueOf(kind.substring("event ".length()).toUpperCase(Locale.ROOT));
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.keySet()
                .removeAll(List.of(
                        "event_type",
                        "id",
                        "seq",
                        "boot",
                        "gateway",
                        "sensor",
                        "name",
                        "state",
                        "time",
                        "clock_synced",
                        "uptime_ms",
                        "replayed",
                        "incident_id",
                        "message"));
        Event.Stamp stamp = new Event.Stamp(
                text(fields, "id"),
                number(fields, "seq"),
                number(fields, "boot"),
                Instant.parse(text(fields, "time")),
                Boolean.TRUE.equals(fields.get("clock_synced")),
                number(fields, "uptime_ms"));
        return MESSAGES.event(new Event(
                type,
                stamp,
                text(fields, "gateway"),
                (String) fields.get("sensor"),
                (String) fields.get("name"),
                (String) fields.get("state"),
                text(fields, "message"),
                more));
    }

    private static String text(Map<String, Object> fields, String name) {
        return String.valueOf(fields.get(name));
    }

    private static long number(Map<String, Object> fields, String name) {
        return ((Number) fields.getOrDefault(name, Long.MIN_VALUE)).longValue();
    }

    /** One marked block of the page. */
    private record Example(String kind, String json) {}

    private static List<Example> examples() throws IOException {
        List<Example> all = new ArrayList<>();
        Matcher matcher = EXAMPLE.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            all.add(new Example(matcher.group(1), matcher.group(2)));
        }
        return all;
    }
}
