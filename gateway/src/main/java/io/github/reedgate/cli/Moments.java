package io.github.reedgate.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads moments on the command line: an instant or a time with its offset as in ISO 8601, a local date (its midnight), a local
 * date and time, a local time of today, or how long ago it was. Immutable.
 */
final class Moments {

    /** What is allowed, for messages and help. */
    static final String FORMS =
            "2h, '7d ago', 22:14, 2026-11-22, '2026-11-22 22:14', 2026-11-22T21:14:03Z, today, yesterday";

    private static final Pattern AGO = Pattern.compile("[0-9]{1,9}(ms|s|m|h|d)( ago)?");
    private static final Pattern TIME = Pattern.compile("[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern DATE_TIME = Pattern.compile("(" + DATE + ")[T ](" + TIME + ")");
    private static final Pattern INSTANT = Pattern.compile(DATE + "T" + TIME + "(Z|[+-][0-9]{2}:[0-9]{2})");

    private final Clock clock;

    /** Moments seen from the time and the zone of a clock. */
    Moments(Clock clock) {
        this.clock = clock;
    }

    /** The moment; empty if the text is none. */
    Optional<Instant> read(String text) {
        try {
            return find(text.strip());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<Instant> find(String text) {
        ZoneId zone = clock.getZone();
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        if (AGO.matcher(text).matches()) {
            return Optional.of(clock.instant().minus(new Durations().convert(text.replace(" ago", ""))));
        }
        if (INSTANT.matcher(text).matches()) {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        }
        if (DATE_TIME.matcher(text).matches()) {
            return Optional.of(
                    LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant());
        }
        if (TIME.matcher(text).matches()) {
            return Optional.of(today.atTime(LocalTime.parse(text)).atZone(zone).toInstant());
        }
        if (DATE.matcher(text).matches()) {
            return Optional.of(LocalDate.parse(text).atStartOfDay(zone).toInstant());
        }
        return switch (text) {
            case "today" -> Optional.of(today.atStartOfDay(zone).toInstant());
            case "yesterday" ->
                Optional.of(today.minusDays(1).atStartOfDay(zone).toInstant());
            default -> Optional.empty();
        };
    }
}
