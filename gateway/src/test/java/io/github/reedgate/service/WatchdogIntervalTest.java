package io.github.reedgate.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What systemd says of its watchdog. */
final class WatchdogIntervalTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            30000000, 4711, 30000
            30000000, -, 30000
            30000000, 4712, -
            -, 4711, -
            '', '', -
            0, 4711, -
            -5, 4711, -
            soon, 4711, -
            9223372036854775807, 4711, -
            99999999999999999999, 4711, -
            """)
    void isTakenIfItIsMeantForThisProcess(@Nullable String micros, @Nullable String watched, @Nullable Long millis) {
        Map<String, String> environment = new HashMap<>();
        if (micros != null) {
            environment.put("WATCHDOG_USEC", micros);
        }
        if (watched != null) {
            environment.put("WATCHDOG_PID", watched);
        }

        assertThat(WatchdogInterval.of(environment, 4711))
                .isEqualTo(Optional.ofNullable(millis).map(Duration::ofMillis));
    }
}
