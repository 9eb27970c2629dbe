package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FoldedTest {

    private static final String TEXT = "front_door  open since 2026-11-22 22:14:03, a battery that is nearly empty";

    @Test
    void whatFitsStaysAsItIs() {
        assertThat(Folded.lines(TEXT, TEXT.length(), 4)).containsExactly(TEXT);
        assertThat(Folded.lines(TEXT, Integer.MAX_VALUE, 4)).containsExactly(TEXT);
        assertThat(Folded.lines("", 40, 4)).containsExactly("");
    }

    @Test
    void lineBreaksAtBlanksAndTheRestIsIndented() {
        assertThat(Folded.lines(TEXT, 40, 12))
                .containsExactly(
                        "front_door  open since 2026-11-22",
                        "            22:14:03, a battery that is",
                        "            nearly empty");
    }

    @Test
    void indentLeavesHalfOfTheLine() {
        assertThat(Folded.lines(TEXT, 40, 35))
                .allMatch(line -> line.length() <= 40)
                .element(1)
                .asString()
                .startsWith(" ".repeat(20) + "2");
    }

    @Test
    void wordLongerThanALineIsBrokenAndNotCut() {
        String word = "reedgate/".repeat(12);
        List<String> lines = Folded.lines("topic " + word, 40, 2);
        assertThat(lines).allMatch(line -> line.length() <= 40);
        assertThat(String.join("", lines).replace(" ", "")).isEqualTo("topic" + word);
    }

    @Test
    void stylesTakeNoColumnAndWideCharactersTwo() {
        assertThat(Folded.width("\u001B[31mOPEN\u001B[0m")).isEqualTo(4);
        assertThat(Folded.width("厨房")).isEqualTo(4);
        assertThat(Folded.width("Ku\u0308che")).isEqualTo(5);
        assertThat(Folded.lines("\u001B[31mOPEN\u001B[0m 12345678901234", 20, 0))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 57, 80, 200})
    void nothingIsLostAndNothingIsTooWide(int columns) {
        Random random = new Random(columns);
        for (int round = 0; round < 500; round++) {
            StringBuilder text = new StringBuilder();
            for (int word = random.nextInt(30); word >= 0; word--) {
                text.append("ab厨".repeat(1 + random.nextInt(word % 7 == 0 ? 40 : 4)))
                        .append(" ".repeat(1 + random.nextInt(3)));
            }
            List<String> lines = Folded.lines(text.toString(), columns, random.nextInt(60));
            assertThat(lines).allMatch(line -> Folded.width(line.stripTrailing()) <= columns);
            assertThat(String.join("", lines).replace(" ", ""))
                    .isEqualTo(text.toString().replace(" ", ""));
        }
    }

    @Test
    void tableThatDoesNotFitHasItsCellsBehindEachOther() {
        List<List<String>> rows = List.of(
                List.of("front_door", "", "line 17 (header pin 11)", "normally open"),
                List.of("shed", "x", "line 27", "normally closed"));
        assertThat(Folded.table(rows, 80))
                .containsExactly(
                        "  front_door     line 17 (header pin 11)  normally open",
                        "  shed        x  line 27                  normally closed");
        assertThat(Folded.table(rows, 40))
                .containsExactly(
                        "  front_door  line 17 (header pin 11)",
                        "      normally open",
                        "  shed  x  line 27  normally closed");
    }

    @Test
    void standardErrorFoldsByItselfAndTheLogDoesNot() {
        Printed shown = new Printed();
        Printer err = Printer.folding(shown, () -> 40);
        err.println(TEXT);
        err.printlnWhole(TEXT);
        err.flush();
        assertThat(shown.toString().lines())
                .containsExactly(
                        "front_door  open since 2026-11-22", "  22:14:03, a battery that is nearly", "  empty", TEXT);
    }

    @Test
    void otherWritersHaveNoLimit() {
        assertThat(Printer.columns(new PrintWriter(new Printed(), false, StandardCharsets.UTF_8)))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(Printer.columns(Printer.to(new Printed()))).isEqualTo(Integer.MAX_VALUE);
    }
}
