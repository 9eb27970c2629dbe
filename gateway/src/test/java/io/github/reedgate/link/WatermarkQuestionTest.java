package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is taken for a watermark. */
class WatermarkQuestionTest {

    @ParameterizedTest
    @CsvSource({
        "''",
        "' 1'",
        "-1",
        "+1",
        "1.0",
        "0x10",
        "1e3",
        "null",
        "٣",
        "9223372036854775808",
        "99999999999999999999999999"
    })
    void whatIsNoNumberOfAnEventIsMalformed(String payload) {
        assertThat(WatermarkQuestion.number(payload.getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void numbersUpToTheLargestAreTaken() {
        assertThat(number("0")).hasValue(0);
        assertThat(number("9223372036854775807")).hasValue(Long.MAX_VALUE);
        assertThat(number("1".repeat(18))).isPresent();
        assertThat(number("0".repeat(WatermarkQuestion.MOST_BYTES))).hasValue(0);
        assertThat(number("0".repeat(WatermarkQuestion.MOST_BYTES + 1))).isEmpty();
    }

    /** A retained value that comes late must not be taken for none: the next numbers would be used a second time. */
    @ParameterizedTest
    @CsvSource({"0, 2000", "3, 2000", "200, 2000", "201, 2010", "900, 9000", "3000, 30000", "60000, 30000"})
    void brokerThatAcknowledgesSlowlyGetsMoreTimeForTheRetainedValue(long acknowledgedAfter, long wait) {
        assertThat(WatermarkQuestion.quiet(Duration.ofMillis(acknowledgedAfter)))
                .isEqualTo(Duration.ofMillis(wait));
    }

    private static OptionalLong number(String payload) {
        return WatermarkQuestion.number(payload.getBytes(StandardCharsets.UTF_8));
    }
}
