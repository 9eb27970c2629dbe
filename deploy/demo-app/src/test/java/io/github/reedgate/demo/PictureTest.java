package io.github.reedgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.demo.World.HouseNow;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The board has exactly the size of its terminal, whatever stands on it. */
final class PictureTest {

    private static final List<Row.Span> INVITATION = List.of(
            new Row.Span("look on: mosquitto_sub -h localhost -p 1883 -v -t 'reedgate/home/#'", Tone.DIM),
            new Row.Span("phone: mqtt://192.168.100.200:41883 or ws://192.168.100.200:41884/mqtt", Tone.DIM),
            new Row.Span("Until you quit, everybody on this network can use this broker.", Tone.WATCH));

    private final Picture unicode = new Picture(Glyphs.unicode(), 1883, INVITATION.subList(0, 1));
    private final Picture ascii = new Picture(Glyphs.ascii(), 1883, INVITATION.subList(0, 1));

    private World world = World.atFirst();

    private void got(String topic, String payload) {
        world = world.got("12:00:00", new Arrival("reedgate/home/" + topic, payload, false, Map.of(), 0));
    }

    private void states(String panel) {
        got("front_door/state", "closed");
        got("kitchen_window/state", "closed");
        got("panel/state", panel);
        got("availability", "online");
    }

    private void much() {
        states("disarmed");
        for (int i = 0; i < 70; i++) {
            world = world.did("12:00:00", "玄関のドアが開きました " + i + " " + "x".repeat(i * 3), Tone.BOLD);
            got("alarm", "Küchenfenster 窓 🚪 opened\033[2J\r while armed away " + "y".repeat(i * 3));
        }
        got("panel/state", "a_state_with_a_name_that_is_much_too_long_for_its_box_in_any_terminal_that_there_is");
        got("availability", "窓".repeat(200));
    }

    private static String plain(List<Row> rows) {
        return rows.stream().map(Row::plain).collect(Collectors.joining("\n"));
    }

    private static Tone toneOf(List<Row> rows, String text) {
        return rows.stream()
                .flatMap(row -> row.spans().stream())
                .filter(span -> span.text().contains(text))
                .findFirst()
                .orElseThrow()
                .tone();
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "81, 25", "100, 30", "120, 40", "200, 60", "300, 100"})
    void everyRowIsAsWideAsTheTerminal(int columns, int rows) {
        for (Picture picture : List.of(unicode, ascii, new Picture(Glyphs.unicode(), 65535, INVITATION))) {
            assertThat(picture.rows(World.atFirst(), "12:00:00", columns, rows))
                    .hasSize(rows)
                    .allMatch(row -> row.columns() == columns);
        }
        much();
        for (Picture picture : List.of(unicode, ascii, new Picture(Glyphs.unicode(), 65535, INVITATION))) {
            assertThat(picture.rows(world, "12:00:00", columns, rows))
                    .hasSize(rows)
                    .allMatch(row -> row.columns() == columns);
        }
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "100, 30", "200, 60"})
    void nothingIsCutThatAnOrdinaryDayShows(int columns, int rows) {
        states("disarmed");
        assertThat(plain(unicode.rows(world, "12:00:00", columns, rows)))
                .contains(
                        "House",
                        "Front door",
                        "Kitchen window",
                        "Panel",
                        "DISARMED",
                        "a arms it",
                        "Broker",
                        "up, port 1883",
                        "Phone",
                        "4 messages",
                        "Notifications",
                        "What happens",
                        "12:00:00")
                .contains("o open   c close   b interference   w window   x cut or restore the broker")
                .contains("a arm   d disarm   f disarm with a false code   q quit")
                .contains("look on: mosquitto_sub -h localhost -p 1883 -v -t 'reedgate/home/#'");
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "100, 30", "200, 60"})
    void withoutUnicodeEveryCharacterIsAscii(int columns, int rows) {
        much();

        assertThat(plain(ascii.rows(world, "12:00:00", columns, rows))).matches("[\\x0A\\x20-\\x7E]*");
    }

    @Test
    void noTextMovesTheCursor() {
        much();

        assertThat(plain(unicode.rows(world, "12:00:00", 200, 60)))
                .doesNotContain("\033", "\r")
                .contains("opened?[2J? while");
    }

    @Test
    void doorThatOpensWhileDisarmedIsCalm() {
        states("disarmed");
        got("alarm", "Front door opened, 12:00:00");
        got("front_door/state", "open");
        world = world.with(new HouseNow(true, false, true));
        List<Row> rows = unicode.rows(world, "12:00:00", 80, 24);

        assertThat(toneOf(rows, "○ open")).isEqualTo(Tone.CALM);
        assertThat(toneOf(rows, "Front door opened")).isEqualTo(Tone.CALM);
        assertThat(rows.stream().flatMap(row -> row.spans().stream()).map(Row.Span::tone))
                .doesNotContain(Tone.ALARM);
    }

    @Test
    void alarmIsRedAndSaysWhatToPress() {
        states("armed_away");
        got("alarm", "Kitchen window opened while armed away, 12:00:00");
        got("panel/state", "triggered");
        world = world.with(new HouseNow(false, true, true));
        List<Row> rows = unicode.rows(world, "12:00:00", 80, 24);

        assertThat(toneOf(rows, "ALARM: press d")).isEqualTo(Tone.ALARM);
        assertThat(toneOf(rows, "○ open")).isEqualTo(Tone.ALARM);
        assertThat(toneOf(rows, "ALARM Kitchen window")).isEqualTo(Tone.ALARM);
        assertThat(toneOf(rows, "TRIGGERED")).isEqualTo(Tone.ALARM);
        assertThat(toneOf(rows, "╭─ Phone")).isEqualTo(Tone.ALARM);
    }

    @Test
    void phoneWithoutBrokerKnowsTheOldState() {
        states("disarmed");
        world = world.with(new HouseNow(true, false, false));

        assertThat(plain(unicode.rows(world, "12:00:00", 80, 24)))
                .contains("no connection", "○ down", "x restores it", "○ open", "Front door       closed");
    }

    @Test
    void newestNotificationComesFirstAndOlderOnesAreSaidToBeThere() {
        states("disarmed");
        for (int i = 10; i < 60; i++) {
            got("alarm", "alarm " + i);
        }
        String text = plain(unicode.rows(world, "12:00:00", 80, 24));

        assertThat(text).contains("alarm 59", "alarm 48", "… older ones below").doesNotContain("alarm 46");
        assertThat(text.indexOf("alarm 59")).isLessThan(text.indexOf("alarm 58"));
    }

    @Test
    void newestDeedComesLast() {
        for (int i = 10; i < 60; i++) {
            world = world.did("12:00:00", "deed " + i, Tone.BOLD);
        }
        String text = plain(unicode.rows(world, "12:00:00", 80, 24));

        assertThat(text).contains("deed 55", "deed 59").doesNotContain("deed 54");
        assertThat(text.indexOf("deed 58")).isLessThan(text.indexOf("deed 59"));
    }

    @ParameterizedTest
    @CsvSource({"79, 24", "80, 23", "40, 10", "3, 2", "1, 1"})
    void terminalThatBecameTooSmallIsFilledAndSaysWhy(int columns, int rows) {
        List<Row> shown = unicode.rows(world, "12:00:00", columns, rows);

        assertThat(shown).hasSize(rows).allMatch(row -> row.columns() == columns);
        if (columns > 70) {
            assertThat(plain(shown)).contains("needs 80 columns and 24 rows").contains(columns + " and " + rows);
        }
    }
}
