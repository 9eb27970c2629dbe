package io.github.reedgate.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table of machines: whose clock may be trusted. */
final class ClockTrustTest {

    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        # machine                                           | wall clock           | synced | real-time clocks                          | guest | trust
        Pi 4 after a boot without network, from 1970         | 1970-01-01T00:03:00Z | no     | -                                         | no    | NOBODY
        Pi 4 after a boot without network, from its last file | 2026-11-30T12:00:00Z | no     | -                                         | no    | NOBODY
        Pi 4 once timesyncd has the time                     | 2026-11-30T12:00:00Z | yes    | -                                         | no    | SYNCHRONISED
        Pi 4 with a DS3231, no network                       | 2026-11-30T12:00:00Z | no     | 2026-11-30T12:00:01Z                      | no    | REAL_TIME_CLOCK
        Pi 4 with a DS3231 before the clock was set from it  | 2026-11-28T07:00:00Z | no     | 2026-11-30T12:00:01Z                      | no    | NOBODY
        Pi 4 with a DS3231 of 2000, no network               | 2026-11-30T12:00:00Z | no     | 2000-01-01T00:03:00Z                      | no    | NOBODY
        Pi 5 without battery, no network                     | 2026-11-30T12:00:00Z | no     | 1970-01-01T00:03:00Z                      | no    | NOBODY
        Pi 5 without battery, both clocks at the start       | 1970-01-01T00:03:00Z | no     | 1970-01-01T00:03:00Z                      | no    | NOBODY
        Pi 5 without battery, with a DS3231                  | 2026-11-30T12:00:00Z | no     | 1970-01-01T00:03:00Z 2026-11-30T12:00:00Z | no    | REAL_TIME_CLOCK
        Pi 5 with battery, no network                        | 2026-11-30T12:00:00Z | no     | 2026-11-30T11:59:59Z                      | no    | REAL_TIME_CLOCK
        container on a Pi without real-time clock            | 2026-11-30T12:00:00Z | no     | -                                         | no    | NOBODY
        container on a Pi that shows timesyncd's file        | 2026-11-30T12:00:00Z | yes    | -                                         | no    | SYNCHRONISED
        container on a server                                | 2026-11-30T12:00:00Z | no     | 2026-11-30T12:00:00Z                      | no    | REAL_TIME_CLOCK
        container in a virtual machine of a cloud            | 2026-11-30T12:00:00Z | no     | -                                         | yes   | HOST
        WSL 1                                                | 2026-11-30T12:00:00Z | no     | -                                         | yes   | HOST
        WSL 2                                                | 2026-11-30T12:00:00Z | no     | 2026-11-30T12:00:00Z                      | yes   | REAL_TIME_CLOCK
        WSL 2 whose clock stood still while Windows slept    | 2026-11-30T03:00:00Z | no     | 2026-11-30T12:00:00Z                      | yes   | NOBODY
        virtual machine that was stopped and resumed         | 2026-11-29T12:00:00Z | no     | 2026-11-30T12:00:00Z                      | yes   | NOBODY
        virtual machine without real-time clock              | 2026-11-30T12:00:00Z | no     | -                                         | yes   | HOST
        virtual machine without real-time clock, from 1970   | 1970-01-01T00:03:00Z | no     | -                                         | yes   | NOBODY
        laptop with timesyncd, chrony or ntpd                | 2026-11-30T12:00:00Z | yes    | 2026-11-30T12:00:00Z                      | no    | SYNCHRONISED
        laptop with NTP, real-time clock in local time       | 2026-11-30T12:00:00Z | yes    | 2026-11-30T13:00:00Z                      | no    | SYNCHRONISED
        laptop without network                               | 2026-11-30T12:00:00Z | no     | 2026-11-30T12:00:00Z                      | no    | REAL_TIME_CLOCK
        laptop with a dead battery                           | 2015-01-01T00:03:00Z | no     | 2015-01-01T00:03:00Z                      | no    | NOBODY
        clock set to nonsense                                | 2106-02-07T06:28:00Z | no     | 2106-02-07T06:28:00Z                      | no    | NOBODY
        """)
    void clockIsTrustedIfSomebodyKeepsIt(
            String machine, Instant now, String synced, String realTimeClocks, String guest, ClockTrust trust) {
        List<Instant> times = realTimeClocks == null
                ? List.of()
                : Stream.of(realTimeClocks.split(" ")).map(Instant::parse).toList();

        assertThat(ClockTrust.of(new ClockEvidence(now, synced.equals("yes"), times, guest.equals("yes"))))
                .as(machine)
                .isEqualTo(trust);
    }

    @ParameterizedTest
    @CsvSource({"-121, false", "-120, true", "0, true", "120, true", "121, false"})
    void realTimeClockMayBeTwoMinutesOff(int seconds, boolean isTrusted) {
        List<Instant> times = List.of(NOW.plus(Duration.ofSeconds(seconds)));

        assertThat(ClockTrust.of(new ClockEvidence(NOW, false, times, false)).isTrusted())
                .isEqualTo(isTrusted);
    }

    @Test
    void onlyAClockThatNobodyKeepsIsNotTrusted() {
        assertThat(Stream.of(ClockTrust.values()).filter(trust -> !trust.isTrusted()))
                .containsExactly(ClockTrust.NOBODY);
    }
}
