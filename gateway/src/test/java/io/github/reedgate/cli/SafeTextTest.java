package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text of unknown origin on a terminal. */
class SafeTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, \\u{0}",
        "7, \\u{7}",
        "9, \\t",
        "A, \\n",
        "D, \\r",
        "1B, \\e",
        "7F, \\u{7F}",
        "9B, \\u{9B}",
        "AD, \\u{AD}",
        "61C, \\u{61C}",
        "200B, \\u{200B}",
        "200F, \\u{200F}",
        "2028, \\u{2028}",
        "202E, \\u{202E}",
        "2066, \\u{2066}",
        "FEFF, \\u{FEFF}",
        "FFFE, \\u{FFFE}",
        "D800, \\u{D800}",
        "E000, \\u{E000}",
        "E0041, \\u{E0041}",
        "10FFFF, \\u{10FFFF}"
    })
    void whatIsNotVisibleIsEscaped(String hex, String expected) {
        String text = "a" + new String(Character.toChars(Integer.parseInt(hex, 16))) + "b";

        assertThat(SafeText.line(text, 100)).isEqualTo("a" + expected + "b");
    }

    @Test
    void ordinaryTextStaysAsItIs() {
        for (String text : new String[] {"", "Front door opened", "Tür geöffnet ✓", "ドア", "🚪 offen", "é", "שלום"}) {
            assertThat(SafeText.line(text, 100)).isEqualTo(text);
        }
    }

    @Test
    void longTextIsCutWithACount() {
        assertThat(SafeText.line("x".repeat(10), 10)).isEqualTo("x".repeat(10));
        assertThat(SafeText.line("x".repeat(11), 10)).isEqualTo("x".repeat(10) + "… (+1 more)");
        assertThat(SafeText.line("🚪".repeat(300_000), 3)).isEqualTo("🚪🚪🚪… (+299997 more)");
    }

    @Test
    void pileOfMarksIsBroken() {
        assertThat(SafeText.line("a" + "\u0301".repeat(4), 100)).isEqualTo("a\u0301\u0301\\u{301}\\u{301}");
    }

    @Test
    void anyTextGivesOneVisibleLineOfBoundedLength() {
        long seed = 7;
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(80); i > 0; i--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x100 : 0x10000));
            }
            String line = SafeText.line(text.toString(), 40);
            assertThat(line.codePoints().allMatch(SafeText::isVisible))
                    .as("seed %d round %d", seed, round)
                    .isTrue();
            assertThat(line.length()).isLessThan(40 * 10 + 20);
        }
    }
}
