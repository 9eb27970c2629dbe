package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Durations on the command line. */
class DurationsTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "30, PT30S", "5m, PT5M", "12h, PT12H", "7d, PT168H", "0, PT0S"})
    void numberAndUnitAreADuration(String text, Duration expected) {
        assertThat(new Durations().convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1.5s", "1 s", "1w", "PT1S", "1234567890s"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> new Durations().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is not a duration; write a whole number and its unit, "
                        + "as in 500ms, 30s, 5m, 12h or 7d");
    }

    @Test
    void durationIsToldInItsLargestUnit() {
        assertThat(Durations.text(Duration.ofMillis(1500))).isEqualTo("1500 ms");
        assertThat(Durations.text(Duration.ofSeconds(90))).isEqualTo("90 s");
        assertThat(Durations.text(Duration.ofMinutes(5))).isEqualTo("5 min");
        assertThat(Durations.text(Duration.ofHours(36))).isEqualTo("36 h");
        assertThat(Durations.text(Duration.ofDays(7))).isEqualTo("7 d");
    }
}
