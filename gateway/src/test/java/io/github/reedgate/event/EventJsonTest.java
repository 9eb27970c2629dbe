package io.github.reedgate.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An event comes back from its JSON and from its row as it was; what is no event is refused. */
final class EventJsonTest {

    private static final String WRITTEN = "{\"event_type\":\"opened\",\"id\":\"an-id\",\"seq\":4711,\"boot\":3,"
            + "\"gateway\":\"home\",\"sensor\":\"door\",\"name\":\"Front \\\"door\\\"\",\"state\":\"open\","
            + "\"time\":\"2026-11-22T21:14:03.120Z\",\"clock_synced\":true,\"uptime_ms\":86400000,\"replayed\":false,"
            + "\"incident_id\":null,\"message\":\"Front door opened\"}";

    private static Map<String, Object> more() {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("count", 7L);
        more.put(Event.INCIDENT, "an-incident");
        more.put("flag", false);
        more.put("sensors", List.of("a", "b"));
        more.put("skipped", Map.of("from", 101L));
        return more;
    }

    private static Event event(EventType type, @Nullable String sensor, Map<String, Object> more) {
        Instant time = Instant.parse("2026-11-22T21:14:03.120Z");
        Event.Stamp stamp = new Event.Stamp("an-id", 4711, 3, time, true, 86_400_000);
        String name = sensor == null ? null : "Front \"door\"";
        String state = sensor == null ? null : "open";
        return new Event(type, stamp, "home", sensor, name, state, "Front door opened", more);
    }

    @Test
    void fieldsStandInTheOrderOfTheContract() {
        assertThat(EventJson.write(event(EventType.OPENED, "door", Map.of()), false))
                .isEqualTo(WRITTEN);
        assertThat(EventJson.write(event(EventType.OPENED, "door", Map.of()), true))
                .isEqualTo(WRITTEN.replace("\"replayed\":false", "\"replayed\":true"));
    }

    @ParameterizedTest
    @EnumSource
    void eventOfEachTypeComesBack(EventType type) throws IOException {
        for (Event event : List.of(event(type, "door", more()), event(type, null, Map.of()))) {
            assertThat(EventJson.read(EventJson.write(event, false))).isEqualTo(event);
            assertThat(EventJson.read(EventJson.write(event, true))).isEqualTo(event);
            assertThat(LogRow.of(event, true).event("home")).contains(event);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"event_type\":\"opened\"; \"event_type\":\"unheard_of\"",
                "\"event_type\":\"opened\",; ",
                "\"id\":\"an-id\"; \"id\":null",
                "\"seq\":4711; \"seq\":\"4711\"",
                "\"seq\":4711; \"seq\":47.5",
                "\"sensor\":\"door\"; \"sensor\":7",
                "2026-11-22T21:14:03.120Z; yesterday",
                "\"clock_synced\":true; \"clock_synced\":1",
                "\"replayed\":false,; ",
                "\"message\":\"Front door opened\"; \"message\":null",
                "\"message\":\"Front door opened\"; \"message\":\"x\",\"more\":null",
                "}; "
            })
    void whatIsNoEventIsRefused(String change) {
        String[] parts = change.split("; ", -1);
        String text = WRITTEN.replace(parts[0], parts[1]);

        assertThat(text).isNotEqualTo(WRITTEN);
        assertThatThrownBy(() -> EventJson.read(text)).isInstanceOf(IOException.class);
    }

    @Test
    void rowOfAnUnknownTypeOrOfDamagedFieldsIsNoEvent() {
        LogRow row = LogRow.of(event(EventType.OPENED, "door", more()), false);

        assertThat(EventType.of("opened")).contains(EventType.OPENED);
        assertThat(EventType.of("unheard_of")).isEmpty();
        assertThat(with(row, "unheard_of", row.more()).event("home")).isEmpty();
        assertThat(with(row, row.type(), "{\"a\":").event("home")).isEmpty();
        assertThat(with(row, row.type(), null).event("home")).contains(event(EventType.OPENED, "door", Map.of()));
    }

    private static LogRow with(LogRow row, String type, @Nullable String more) {
        return new LogRow(
                row.seq(),
                row.id(),
                row.boot(),
                row.time(),
                row.clockSynced(),
                row.uptimeMillis(),
                type,
                row.sensor(),
                row.name(),
                row.state(),
                row.message(),
                more,
                row.alarm());
    }
}
