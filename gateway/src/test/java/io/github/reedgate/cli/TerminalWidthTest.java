package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TerminalWidthTest {

    @ParameterizedTest
    @CsvSource({
        "40, '24 80\n', 40",
        "'', '24 80\n', 80",
        "0, '24 80\n', 80",
        "19, '24 80', 80",
        "x, '24 80', 80",
        "99999, '24 132', 132",
        "'', '24 5', 20",
        "'', '0 0', 2147483647",
        "'', '', 2147483647",
        "'', 'stty: error', 2147483647",
        "120, '', 120"
    })
    void environmentGoesBeforeTheTerminal(String columns, String size, int width) {
        assertThat(TerminalWidth.columns(Map.of("COLUMNS", columns), size)).isEqualTo(width);
    }

    @Test
    void whatIsNoTerminalHasNoLimit() {
        assertThat(new TerminalWidth(1_000, Map.of("COLUMNS", "40")).getAsInt()).isEqualTo(Integer.MAX_VALUE);
    }
}
