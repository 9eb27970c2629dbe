package io.github.reedgate.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClockTextTest {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final long LAST_SECOND = 253_402_300_799L;

    @Test
    void timesAreWrittenAsTheFormatterOfTheJdkWritesThem() {
        SplittableRandom random = new SplittableRandom(1);
        ZoneId zone = ZoneId.of("Europe/Berlin");
        for (int i = 0; i < 20_000; i++) {
            Instant time =
                    Instant.ofEpochSecond(random.nextLong(-2_000_000_000L, LAST_SECOND), random.nextInt(999_999_999));
            assertThat(ClockText.utc(time)).isEqualTo(UTC.format(time));
            assertThat(ClockText.clock(time, zone))
                    .isEqualTo(CLOCK.withZone(zone).format(time));
        }
    }
}
