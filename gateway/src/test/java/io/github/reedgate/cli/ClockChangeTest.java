package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Local times on days on which clocks are changed: nothing is missed, and nothing printed is ambiguous. */
final class ClockChangeTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void timeThatIsSkippedBeginsWhereTheClocksAreChanged() {
        Instant change = Instant.parse("2026-03-29T01:00:00Z"); // ten minutes later it is 03:10
        assertThat(read("2026-03-29 02:30", BERLIN, Moments.Edge.EARLIER)).isEqualTo(change);
        Clock day = Clock.fixed(Instant.parse("2026-03-29T10:00:00Z"), BERLIN);
        assertThat(new Moments(day, Moments.Edge.EARLIER).read("02:30")).contains(change);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin,2026-03-29",
        "Europe/Berlin,2026-10-25",
        "Australia/Lord_Howe,2026-10-04",
        "Australia/Lord_Howe,2026-04-05",
        "Asia/Kolkata,2026-03-29",
        "Pacific/Apia,2011-12-30",
        "Pacific/Apia,2011-12-29",
        "America/Havana,2026-03-08"
    })
    void noMomentOfTheDayIsMissed(String name, LocalDate date) {
        ZoneId zone = ZoneId.of(name);
        LocalDateTime local = date.atStartOfDay();
        for (int minute = 0; minute < 24 * 60; minute++, local = local.plusMinutes(1)) {
            String text = local.toString().replace('T', ' ');
            Instant begin = read(text, zone, Moments.Edge.EARLIER);
            Instant end = read(text, zone, Moments.Edge.LATER);
            assertThat(begin).as(text).isBeforeOrEqualTo(end);
            for (ZoneOffset offset : zone.getRules().getValidOffsets(local)) {
                assertThat(local.toInstant(offset)).as(text).isBetween(begin, end);
            }
            assertThat(LocalDateTime.ofInstant(begin, zone)).as(text).isAfterOrEqualTo(local);
            assertThat(LocalDateTime.ofInstant(begin.minusNanos(1), zone))
                    .as(text)
                    .isBefore(local);
        }
    }

    @Test
    void moveThatIsSeenTwiceAnHourApartIsTwoTimesInTheWalkTestAndInWatch() {
        StringWriter shown = new StringWriter();
        WalkView view = new WalkView(new PrintWriter(shown), new WalkView.Look(false, false), BERLIN);
        Instant opened = Instant.parse("2026-10-25T00:30:00Z");
        Instant closed = Instant.parse("2026-10-25T01:30:00Z");
        view.show(
                new WalkProgress(1, null, List.of(new WalkProgress.Walked("door", "Door", "closed", opened, closed))));
        assertThat(shown.toString())
                .contains("02:30:00+02:00  door  Door opened", "02:30:00+01:00  door  Door closed: works");

        Received message = new Received(
                closed,
                "reedgate/home/alarm",
                new byte[] {'!'},
                new Received.Flags(false, 1, false),
                Optional.empty(),
                Map.of());
        assertThat(new MessageLine(BERLIN, false).line(message)).startsWith("02:30:00+01:00  home");
    }

    private static Instant read(String text, ZoneId zone, Moments.Edge edge) {
        return new Moments(Clock.fixed(Instant.EPOCH, zone), edge).read(text).orElseThrow();
    }
}
