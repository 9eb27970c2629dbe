package io.github.reedgate.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.Event.Stamp;
import io.github.reedgate.event.EventType;
import io.github.reedgate.message.Messages.Detail;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The payloads, letter by letter. */
class MessagesTest {

    private static final String ID = "019c8d5e-1e90-7abc-8def-0123456789ab";
    private static final Stamp STAMP =
            new Stamp(ID, 4711, 3, Instant.parse("2026-11-22T21:14:03.120987Z"), true, 86_400_123);
    private static final String BEHIND_TYPE = "\"id\":\"" + ID + "\",\"seq\":4711,\"boot\":3,\"gateway\":\"home\",";
    private static final String TIMES = "\"time\":\"2026-11-22T21:14:03.120Z\",\"clock_synced\":true,"
            + "\"uptime_ms\":86400123,\"replayed\":false,\"incident_id\":null,";
    private static final Messages MESSAGES = new Messages(Topics.of("reedgate", "home"));

    @Test
    void availabilityAndStateAreOnePlainRetainedWord() {
        assertThat(MESSAGES.availability(true)).isEqualTo(Message.retainedText("reedgate/home/availability", "online"));
        assertThat(MESSAGES.availability(false))
                .isEqualTo(Message.retainedText("reedgate/home/availability", "offline"));
        assertThat(MESSAGES.state("front_door", "open"))
                .isEqualTo(Message.retainedText("reedgate/home/front_door/state", "open"));
    }

    @Test
    void watermarkIsARetainedNumber() {
        assertThat(MESSAGES.watermark(4711))
                .isEqualTo(Message.retainedText("reedgate/home/diagnostics/watermark", "4711"));
        assertThat(MESSAGES.watermark(0).payload()).isEqualTo("0");
        assertThatThrownBy(() -> MESSAGES.watermark(-1)).hasMessageContaining("watermark is -1");
    }

    @Test
    void detailIsRetainedJson() {
        Detail detail = new Detail(ID, 4711, Instant.parse("2026-11-22T21:14:03Z"), "ok", 2, 31, null);

        assertThat(MESSAGES.detail("front_door", detail))
                .isEqualTo(Message.retainedJson(
                        "reedgate/home/front_door/detail",
                        "{\"event_id\":\"" + ID + "\",\"seq\":4711,\"since\":\"2026-11-22T21:14:03.000Z\","
                                + "\"health\":\"ok\",\"glitches\":2,\"bounces\":31}"));
    }

    @Test
    void detailBeforeTheFirstEventHasNulls() {
        assertThat(MESSAGES.detail("d", new Detail(null, 0, null, "fault", 0, 0, null))
                        .payload())
                .isEqualTo(
                        "{\"event_id\":null,\"seq\":0,\"since\":null,\"health\":\"fault\",\"glitches\":0,\"bounces\":0}");
    }

    @Test
    void diagnosticsAreRetainedJsonOfQosZero() {
        Instant time = Instant.parse("2026-11-22T21:14:03Z");
        Map<String, Map<String, String>> lost = Map.of("reedgate/home/panel/set", Map.of("why", "unreadable"));
        Messages.Diagnostics known = new Messages.Diagnostics(
                time, 60, "1.2.3", 4, 5L, 6, true, 48.3, 83_886_080L, Map.of("retained", 2L), lost);

        assertThat(MESSAGES.diagnostics(known))
                .isEqualTo(new Message(
                        "reedgate/home/diagnostics",
                        "{\"time\":\"2026-11-22T21:14:03.000Z\",\"uptime_s\":60,\"version\":\"1.2.3\","
                                + "\"outbox_depth\":4,\"oldest_unsent_s\":5,\"reconnects\":6,\"clock_synced\":true,"
                                + "\"cpu_temperature_c\":48.3,\"rss_bytes\":83886080,\"commands_refused\":{\"retained\":2},"
                                + "\"subscriptions_lost\":{\"reedgate/home/panel/set\":{\"why\":\"unreadable\"}}}",
                        QoS.AT_MOST_ONCE,
                        true,
                        "application/json",
                        Map.of()));
        Messages.Diagnostics unknown =
                new Messages.Diagnostics(time, 0, "1.2.3", 0, null, 0, false, null, null, Map.of(), Map.of());
        assertThat(MESSAGES.diagnostics(unknown).payload())
                .endsWith("\"oldest_unsent_s\":null,\"reconnects\":0,\"clock_synced\":false,\"cpu_temperature_c\":null,"
                        + "\"rss_bytes\":null,\"commands_refused\":{},\"subscriptions_lost\":{}}");
    }

    @ParameterizedTest
    @EnumSource
    void eventOfEachTypeHasTheContractsFieldsInItsOrder(EventType type) {
        Message message = MESSAGES.event(sensorEvent(type, "Front door", Map.of()));

        assertThat(message)
                .isEqualTo(new Message(
                        "reedgate/home/event",
                        "{\"event_type\":\"" + type.name().toLowerCase(java.util.Locale.ROOT) + "\"," + BEHIND_TYPE
                                + "\"sensor\":\"front_door\",\"name\":\"Front door\",\"state\":\"open\"," + TIMES
                                + "\"message\":\"Front door opened\"}",
                        QoS.AT_LEAST_ONCE,
                        false,
                        "application/json",
                        Map.of(
                                "id",
                                ID,
                                "seq",
                                "4711",
                                "time",
                                "2026-11-22T21:14:03.120Z",
                                "event_type",
                                type.word())));
    }

    @Test
    void eventOfTheGatewayHasNullsForTheSensorAndItsOwnFieldsLast() {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("last_stop", "unclean");
        more.put("skipped", new LinkedHashMap<>(Map.of("from", 101L)));
        more.put("flag", true);
        more.put("sensors", Map.of());
        Event record = new Event(EventType.STARTED, STAMP, "home", null, null, null, "Gateway home started", more);

        assertThat(MESSAGES.event(record).payload())
                .isEqualTo("{\"event_type\":\"started\"," + BEHIND_TYPE
                        + "\"sensor\":null,\"name\":null,\"state\":null," + TIMES
                        + "\"message\":\"Gateway home started\",\"last_stop\":\"unclean\",\"skipped\":{\"from\":101},"
                        + "\"flag\":true,\"sensors\":{}}");
    }

    @Test
    void alarmIsOneLineOfTextWithTheEventsIdentityAsProperties() {
        Message alarm = MESSAGES.alarm("Front door opened, 22:14:03", sensorEvent(EventType.OPENED, "x", Map.of()));

        assertThat(alarm)
                .isEqualTo(new Message(
                        "reedgate/home/alarm",
                        "Front door opened, 22:14:03",
                        QoS.AT_LEAST_ONCE,
                        false,
                        "text/plain; charset=utf-8",
                        Map.of("id", ID, "seq", "4711", "time", "2026-11-22T21:14:03.120Z", "event_type", "opened")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"quoted\"",
                "back\\slash \\\" \\u0041",
                "line\nbreak\ttab\r\b\f\u0000\u0001\u001f\u007f",
                "Tür, дверь, 玄関, 🚪, \u2028",
                "\"replayed\":false",
                "\\\"replayed\\\":false",
                "{\"replayed\":false}",
                "\",\"replayed\":false,\""
            })
    void anyNameStaysWhatItIsAndReplayedChangesOnlyItsField(String name) throws IOException {
        Message live = MESSAGES.event(sensorEvent(EventType.OPENED, name, Map.of("health", name)));
        Message late = Messages.replayed(live);

        Map<String, Object> expected = JSON.std.mapFrom(live.payload());
        assertThat(expected)
                .containsEntry("name", name)
                .containsEntry("health", name)
                .containsEntry("replayed", false);
        expected.put("replayed", true);
        assertThat(JSON.std.mapFrom(late.payload())).isEqualTo(expected);
        assertThat(late.payload()).hasSize(live.payload().length() - 1);
        assertThat(live.payload()).doesNotContainPattern("[\\x00-\\x1f]");
    }

    @Test
    void lateMessageSaysSoInAPropertyToo() {
        Message live = MESSAGES.alarm("\"replayed\":false", sensorEvent(EventType.OPENED, "x", Map.of()));
        Message late = Messages.replayed(live);

        assertThat(late.payload()).as("text for people is left alone").isEqualTo(live.payload());
        assertThat(late.userProperties()).containsEntry("replayed", "true").containsAllEntriesOf(live.userProperties());
        assertThat(live.userProperties()).doesNotContainKey("replayed");
        assertThat(Messages.replayed(late)).isEqualTo(late);
        assertThat(late.topic()).isEqualTo(live.topic());
        assertThat(late.retain()).isFalse();
        assertThat(late.qos()).isEqualTo(QoS.AT_LEAST_ONCE);
    }

    @Test
    void lineFromBeforeTheClockWasSetIsCorrectedWithAndWithoutAnOffset() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        for (String wrong : List.of("02:30:00", "02:30:00+02:00", "02:30:00+00:53:28")) {
            Message line = new Message(
                    "reedgate/home/alarm",
                    "Door 12:00:00 opened, " + wrong + " (clock not set)",
                    QoS.AT_LEAST_ONCE,
                    false,
                    Message.TEXT,
                    Map.of());
            assertThat(Messages.corrected(line, Instant.parse("2026-10-25T01:30:00Z"), berlin)
                            .payload())
                    .isEqualTo("Door 12:00:00 opened, 02:30:00+01:00");
        }
    }

    private static Event sensorEvent(EventType type, String name, Map<String, Object> more) {
        return new Event(type, STAMP, "home", "front_door", name, "open", "Front door opened", more);
    }
}
