package io.github.reedgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A row is as wide as a terminal shows it, not as long as its text. */
final class ColumnsTest {

    @ParameterizedTest
    @CsvSource({"'', 0", "door, 4", "Küche, 5", "窓, 2", "현관문, 6", "ドア, 4", "🚪, 2", "│─╭●○▒…, 7", "é, 1", "Ａ, 2", "ｱ, 1"
    })
    void wideCharactersTakeTwoAndMarksNone(String text, int columns) {
        assertThat(Columns.of(text)).isEqualTo(columns);
    }

    @Test
    void cuttingNeverHalvesACharacter() {
        assertThat(Columns.cut("窓窓窓", 5)).isEqualTo("窓窓");
        assertThat(Columns.cut("🚪🚪", 3)).isEqualTo("🚪");
        assertThat(Columns.cut("door", 9)).isEqualTo("door");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10, 30})
    void partsFitAndNothingIsLost(int columns) {
        String text = "Küchenfenster opened while armed away, 玄関のドアが開きました 🚪 22:14:03";

        assertThat(Columns.wrap(text, columns)).allMatch(part -> Columns.of(part) <= columns);
        assertThat(String.join("", Columns.wrap(text, columns)).replace(" ", ""))
                .isEqualTo(text.replace(" ", ""));
    }
}
