package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Moments on the command line; it is a quarter past midnight in Berlin, still yesterday by UTC. */
final class MomentsTest {

    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-22T23:15:00Z"), ZoneId.of("Europe/Berlin"));

    private static Instant moment(String text) {
        return new Moments(NOW, Moments.Edge.EARLIER).read(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "0s, 2026-11-22T23:15:00Z",
        "500ms, 2026-11-22T23:14:59.500Z",
        "90s, 2026-11-22T23:13:30Z",
        "5m, 2026-11-22T23:10:00Z",
        "2h, 2026-11-22T21:15:00Z",
        "2h ago, 2026-11-22T21:15:00Z",
        "7d ago, 2026-11-15T23:15:00Z",
        "2026-11-22T21:14:03Z, 2026-11-22T21:14:03Z",
        "2026-11-22T21:14:03.120Z, 2026-11-22T21:14:03.120Z",
        "2026-11-22T21:14Z, 2026-11-22T21:14:00Z",
        "2026-11-22T22:14:03+01:00, 2026-11-22T21:14:03Z",
        "2026-11-22T22:14:03, 2026-11-22T21:14:03Z",
        "2026-11-22 22:14:03, 2026-11-22T21:14:03Z",
        "2026-11-22 22:14, 2026-11-22T21:14:00Z",
        "2026-07-01 22:14, 2026-07-01T20:14:00Z",
        "2026-11-22, 2026-11-21T23:00:00Z",
        "2026-07-01, 2026-06-30T22:00:00Z",
        "00:10, 2026-11-22T23:10:00Z",
        "22:14:03, 2026-11-23T21:14:03Z",
        "today, 2026-11-22T23:00:00Z",
        "yesterday, 2026-11-21T23:00:00Z",
        "' today ', 2026-11-22T23:00:00Z"
    })
    void momentIsSeenFromTheReadersClockAndZone(String text, Instant expected) {
        assertThat(moment(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"2026-03-29 02:30, 2026-03-29T01:00:00Z", "2026-10-25 02:30, 2026-10-25T00:30:00Z"})
    void hourThatTheClockSkipsOrRepeatsIsTaken(String text, Instant expected) {
        assertThat(moment(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "30",
                "2h later",
                "-2h",
                "1w",
                "1.5h",
                "2026-02-30",
                "2026-13-01",
                "2026-1-1",
                "25:00",
                "8:15",
                "22.11.2026",
                "2026-11-22T21:14:03X",
                "2026-11-22T21:14:03+25:00",
                "tomorrow",
                "9999999999d"
            })
    void anythingElseIsNoMoment(String text) {
        assertThat(new Moments(NOW, Moments.Edge.EARLIER).read(text)).isEmpty();
    }
}
