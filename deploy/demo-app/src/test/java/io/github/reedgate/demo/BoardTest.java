package io.github.reedgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The columns have to fit an ordinary terminal. */
final class BoardTest {

    private static final String LONG = "Front door opened while somebody was away for a long, long time, 22:14:03";

    private final StringWriter text = new StringWriter();
    private final Board board = new Board(new PrintWriter(text), new Paint(false));

    @Test
    void noLineIsWiderThanEightyCharacters() {
        board.heading();
        board.chapter("a chapter");
        board.left(LONG, style -> style);
        board.right(LONG, style -> style);

        assertThat(text.toString().lines())
                .allMatch(line -> line.length() <= 80)
                .hasSizeGreaterThan(8);
    }

    @Test
    void theBarStaysInItsColumn() {
        board.heading();
        board.left(LONG, style -> style);
        board.right(LONG, style -> style);

        assertThat(text.toString().lines().filter(line -> line.contains("│")))
                .extracting(line -> line.indexOf('│'))
                .containsOnly(38);
    }

    @Test
    void whatComesBeforeTheHeadingStandsBelowIt() {
        board.right("early", style -> style);
        assertThat(text.toString()).isEmpty();

        board.heading();

        assertThat(text.toString().lines().reduce((first, last) -> last).orElse(""))
                .endsWith("early");
    }

    @Test
    void wrappingKeepsEveryWord() {
        List<String> parts = Board.wrap(LONG, 20);

        assertThat(parts).allMatch(part -> part.length() <= 20);
        assertThat(String.join(" ", parts)).isEqualTo(LONG);
    }

    @Test
    void withoutColoursThereIsNoEscape() {
        board.heading();
        board.left("x", board.paint()::red);

        assertThat(text.toString()).doesNotContain("\033");
    }
}
