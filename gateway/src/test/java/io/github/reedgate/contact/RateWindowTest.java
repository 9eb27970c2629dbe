package io.github.reedgate.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The count of the last minute. */
class RateWindowTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void anEvenRateIsToldExactlyAfterTheFirstMinute() {
        RateWindow window = RateWindow.starting(-5 * SECOND);
        for (int second = 0; second < 300; second++) {
            window = window.plus(10, second * SECOND);
        }
        assertThat(window.perMinute(299 * SECOND)).isBetween(590.0, 615.0);
    }

    @Test
    void whatIsOlderThanTwoMinutesIsForgotten() {
        RateWindow window = RateWindow.starting(0).plus(500, SECOND);
        assertThat(window.perMinute(59 * SECOND)).isEqualTo(500.0);
        assertThat(window.perMinute(90 * SECOND)).isEqualTo(250.0);
        assertThat(window.perMinute(120 * SECOND)).isZero();
    }

    @Test
    void theCountNeverOverflows() {
        RateWindow window = RateWindow.starting(0).plus(Integer.MAX_VALUE, 0).plus(7, 0);
        assertThat(window.current()).isEqualTo(Integer.MAX_VALUE);
    }
}
