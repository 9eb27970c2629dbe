package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.event.LogRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How events of the log look. */
final class LogFormatsTest {

    private static final Instant TIME = Instant.parse("2026-11-22T21:14:03.120Z");
    private static final String HOSTILE = "a\u001B[2J\r\nb\u202Ec,\"d\"";

    private static LogRow event(String type, @Nullable String sensor, String message, @Nullable String more) {
        return new LogRow(4711, "the-id", 7, TIME, true, 86_400, type, sensor, "Name", "open", message, more, true);
    }

    private static LogRow early(String type) {
        return new LogRow(
                9, "id", 7, Instant.ofEpochSecond(12), false, 12, type, null, null, null, "Early", null, false);
    }

    private static String table(boolean colours, LogRow... events) {
        LogTable table = new LogTable(LogRun.ZONE, colours, Integer.MAX_VALUE);
        table.prepare(List.of(events));
        StringBuilder text = new StringBuilder(table.head());
        for (LogRow event : events) {
            text.append(table.line(event));
        }
        return text.toString();
    }

    @Test
    void tableIsAlignedHasLocalTimesAndMarksAlarmsAndUnsetClocks() {
        assertThat(table(false, event("opened", "front_door", "Front door opened", null), early("started")))
                .isEqualTo("""
                time                  seq    type     sensor      message
                2026-11-22 22:14:03  4711 !  opened   front_door  Front door opened
                1970-01-01 01:00:12*    9    started  -           Early
                """);
    }

    @Test
    void columnsGetWiderWithWhatComesLater() {
        LogTable table = new LogTable(LogRun.ZONE, false, Integer.MAX_VALUE);
        LogRow first = early("test");
        table.prepare(List.of(first));
        assertThat(table.line(first)).isEqualTo("1970-01-01 01:00:12*   9    test  -       Early\n");
        table.prepare(List.of(event("tamper_cleared", "cabinet", "m", null)));
        assertThat(table.line(first)).isEqualTo("1970-01-01 01:00:12*    9    test            -        Early\n");
    }

    @Test
    void unsetClockIsExplained() {
        LogTable table = new LogTable(LogRun.ZONE, false, Integer.MAX_VALUE);
        assertThat(table.explanation(early("test")))
                .hasValue("* the clock was not set when this happened: the time may be wrong, the order is not");
        assertThat(table.explanation(event("test", null, "m", null))).isEmpty();
    }

    @Test
    void coloursAreThereOnlyWhenAskedFor() {
        LogRow opened = event("opened", "front_door", "m", null);
        assertThat(table(false, opened)).doesNotContain("\u001B");
        assertThat(table(true, opened)).contains("\u001B[31m!\u001B[0m", "\u001B[31mopened\u001B[0m");
    }

    @Test
    void hostileTextStaysOnItsLineInTheTable() {
        LogRow hostile = event(HOSTILE, HOSTILE, HOSTILE + "x".repeat(1_000), null);
        String text = table(false, hostile);
        assertThat(text.lines()).hasSize(2);
        assertThat(text).contains("a\\e[2J\\r\\nb\\u{202E}c", "more)").doesNotContain("\u001B", "\u202E", "\r");
    }

    @Test
    void csvFollowsRfc4180() {
        LogCsv csv = new LogCsv();
        assertThat(csv.head())
                .isEqualTo(
                        "time,clock_synced,seq,boot,uptime_ms,event_type,alarm,sensor,name,state,message,id,more\r\n");
        assertThat(csv.line(event("opened", "front_door", "Front door, \"the red one\", opened", "{\"bounces\":3}")))
                .isEqualTo("2026-11-22T21:14:03.120Z,true,4711,7,86400,opened,true,front_door,Name,open,"
                        + "\"Front door, \"\"the red one\"\", opened\",the-id,\"{\"\"bounces\"\":3}\"\r\n");
        assertThat(csv.line(early("started")))
                .isEqualTo("1970-01-01T00:00:12.000Z,false,9,7,12,started,false,,,,Early,id,\r\n");
    }

    @Test
    void hostileTextStaysInItsFieldOfTheCsv() {
        assertThat(new LogCsv().line(event("test", null, HOSTILE, null)))
                .contains(",\"a\\e[2J\\r\\nb\\u{202E}c,\"\"d\"\"\",")
                .doesNotContain("\u001B", "\u202E");
    }

    @Test
    void jsonHasTheFieldsOfTheEventTopic() throws Exception {
        String line = new LogJson()
                .line(event("opened", "front_door", "Front door opened", "{\"bounces\":3,\"x\":{\"y\":true}}"));
        assertThat(line)
                .isEqualTo(
                        "{\"event_type\":\"opened\",\"id\":\"the-id\",\"seq\":4711,\"boot\":7,\"sensor\":\"front_door\","
                                + "\"name\":\"Name\",\"state\":\"open\",\"time\":\"2026-11-22T21:14:03.120Z\",\"clock_synced\":true,"
                                + "\"uptime_ms\":86400,\"alarm\":true,\"message\":\"Front door opened\",\"bounces\":3,"
                                + "\"x\":{\"y\":true}}\n");
        assertThat(JSON.std.mapFrom(line)).containsEntry("x", Map.of("y", true));
    }

    @Test
    void hostileTextIsEscapedInJsonAndReadsBack() throws Exception {
        String line = new LogJson().line(event("test", HOSTILE, HOSTILE, "{\"seq\":\"other\",\"k\\u001b\":[1,null]}"));
        assertThat(line.lines()).hasSize(1);
        assertThat(line).doesNotContain("\u001B", "\u202E");
        assertThat(JSON.std.mapFrom(line))
                .containsEntry("message", HOSTILE)
                .containsEntry("seq", 4711)
                .containsKey("k\u001B");
    }

    @Test
    void fieldsThatAreNoJsonAreShownAsText() throws Exception {
        assertThat(JSON.std.mapFrom(new LogJson().line(event("test", null, "m", "{broken"))))
                .containsEntry("more", "{broken")
                .containsEntry("sensor", null);
    }
}
