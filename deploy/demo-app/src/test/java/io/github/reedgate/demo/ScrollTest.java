package io.github.reedgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The columns have to fit an ordinary terminal. */
final class ScrollTest {

    private static final String LONG = "Front door opened while somebody was away for a long, long time, 22:14:03";

    private final StringWriter text = new StringWriter();
    private final Scroll board = new Scroll(new PrintWriter(text), new Paint(false), Glyphs.unicode());

    private static Arrival alarm(String text) {
        return new Arrival("reedgate/home/alarm", text, false, Map.of(), 0);
    }

    @Test
    void noLineIsWiderThanEightyCharacters() {
        board.heading();
        board.chapter("a chapter");
        board.left(LONG, Tone.PLAIN);
        board.arrived(alarm(LONG));

        assertThat(text.toString().lines())
                .allMatch(line -> line.length() <= 80)
                .hasSizeGreaterThan(8);
    }

    @Test
    void theBarStaysInItsColumn() {
        board.heading();
        board.left(LONG, Tone.PLAIN);
        board.arrived(alarm(LONG));

        assertThat(text.toString().lines().filter(line -> line.contains("│")))
                .extracting(line -> line.indexOf('│'))
                .containsOnly(38);
    }

    @Test
    void whatComesBeforeTheHeadingStandsBelowIt() {
        board.arrived(alarm("early"));
        assertThat(text.toString()).isEmpty();

        board.heading();

        assertThat(text.toString().lines().reduce((first, last) -> last).orElse(""))
                .endsWith("early");
    }

    @Test
    void wrappingKeepsEveryWord() {
        List<String> parts = Columns.wrap(LONG, 20);

        assertThat(parts).allMatch(part -> part.length() <= 20);
        assertThat(String.join(" ", parts)).isEqualTo(LONG);
    }

    @Test
    void withoutColoursThereIsNoEscape() {
        board.heading();
        board.left("x", Tone.ALARM);

        assertThat(text.toString()).doesNotContain("\033");
    }

    @Test
    void withoutUnicodeAllIsAscii() {
        Scroll plain = new Scroll(new PrintWriter(text), new Paint(true), Glyphs.ascii());
        plain.across("starting …");
        plain.heading();
        plain.left("the broker stops …", Tone.ALARM);
        plain.arrived(alarm("Küche 窓 opened, 22:14:03"));

        assertThat(text.toString())
                .matches("(?s)[\\x00-\\x7E]*")
                .contains("starting ...", "stops ...", "ALARM K?che ? opened", "\033[1;31m");
    }

    @Test
    void messageOfAStrangerDoesNotMoveTheCursor() {
        board.heading();
        board.arrived(alarm("a\033[2Jb\u202Ec\rd"));

        assertThat(text.toString()).contains("ALARM a?[2Jb?c?d").doesNotContain("\033", "\r");
    }
}
