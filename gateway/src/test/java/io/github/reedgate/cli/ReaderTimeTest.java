package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class ReaderTimeTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void timeIsThatOfTheReadersClock() {
        assertThat(ReaderTime.text("2026-11-22T21:14:03.120Z", BERLIN)).isEqualTo("2026-11-22 22:14:03");
        assertThat(ReaderTime.text(Instant.parse("2026-12-31T23:30:00Z"), BERLIN))
                .isEqualTo("2027-01-01 00:30:00");
    }

    @Test
    void hourThatOccursTwiceHasItsOffset() {
        assertThat(ReaderTime.text("2026-10-25T00:30:00Z", BERLIN)).isEqualTo("2026-10-25 02:30:00+02:00");
        assertThat(ReaderTime.text("2026-10-25T01:30:00Z", BERLIN)).isEqualTo("2026-10-25 02:30:00+01:00");
    }

    @Test
    void timesWithinATextAreShownLikewise() {
        assertThat(ReaderTime.within("since 2026-11-22T21:14:03.120Z, again 2026-10-25T01:30:00Z; x", BERLIN))
                .isEqualTo("since 2026-11-22 22:14:03, again 2026-10-25 02:30:00+01:00; x");
        assertThat(ReaderTime.within("at 2026-13-22T21:14:03Z, $1", BERLIN)).isEqualTo("at 2026-13-22T21:14:03Z, $1");
    }

    @Test
    void whatIsNoTimeStays() {
        assertThat(ReaderTime.text("null", BERLIN)).isEqualTo("null");
        assertThat(ReaderTime.text("", BERLIN)).isEmpty();
    }
}
