package io.github.reedgate.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockTextTest {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter CLOCK_AND_OFFSET = DateTimeFormatter.ofPattern("HH:mm:ssxxx");
    private static final long LAST_SECOND = 253_402_300_799L;

    @Test
    void timesAreWrittenAsTheFormatterOfTheJdkWritesThem() {
        SplittableRandom random = new SplittableRandom(1);
        ZoneId zone = ZoneId.of("Europe/Berlin");
        for (int i = 0; i < 20_000; i++) {
            Instant time =
                    Instant.ofEpochSecond(random.nextLong(-2_000_000_000L, LAST_SECOND), random.nextInt(999_999_999));
            assertThat(ClockText.utc(time)).isEqualTo(UTC.format(time));
            boolean isTwice = zone.getRules()
                            .getValidOffsets(LocalDateTime.ofInstant(time, zone))
                            .size()
                    > 1;
            assertThat(ClockText.clock(time, zone))
                    .isEqualTo(
                            (isTwice ? CLOCK_AND_OFFSET : CLOCK).withZone(zone).format(time));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,       2026-10-25T00:30:00Z, 02:30:00+02:00",
        "Europe/Berlin,       2026-10-25T01:30:00Z, 02:30:00+01:00",
        "Europe/Berlin,       2026-10-25T02:00:00Z, 03:00:00",
        "Europe/Berlin,       2026-10-24T23:59:59Z, 01:59:59",
        "Europe/Berlin,       2026-03-29T01:00:00Z, 03:00:00",
        "Europe/London,       2026-10-25T01:30:00Z, 01:30:00+00:00",
        "Australia/Lord_Howe, 2026-04-04T15:10:00Z, 01:40:00+10:30",
        "America/New_York,    2026-11-01T06:00:00Z, 01:00:00-05:00"
    })
    void timeThatTheClocksShowTwiceHasItsOffset(String zone, String time, String text) {
        assertThat(ClockText.clock(Instant.parse(time), ZoneId.of(zone))).isEqualTo(text);
    }
}
