package io.github.reedgate.cli;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads moments on the command line: an instant or a time with its offset as in ISO 8601, a local date (its midnight), a local
 * date and time, a local time of today, or how long ago it was. Immutable.
 */
public final class Moments {

    /** What is allowed, for messages and help. */
    public static final String FORMS =
            "2h, '7d ago', 22:14, 2026-11-22, '2026-11-22 22:14', 2026-11-22T21:14:03Z, today, yesterday";

    private static final Pattern AGO = Pattern.compile("[0-9]{1,9}(ms|s|m|h|d)( ago)?");
    private static final Pattern TIME = Pattern.compile("[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern DATE_TIME = Pattern.compile("(" + DATE + ")[T ](" + TIME + ")");
    private static final Pattern INSTANT = Pattern.compile(DATE + "T" + TIME + "(Z|[+-][0-9]{2}:[0-9]{2})");

    private final Clock clock;
    private final Edge edge;

    /** Which moment is meant if a local time occurs twice because clocks are changed. */
    public enum Edge {
        /** The earlier one: what begins there misses nothing. */
        EARLIER,
        /** The later one: what ends there misses nothing. */
        LATER
    }

    /**
     * Moments seen from the time and the zone of a clock.
     *
     * @param edge what the moments are for
     */
    public Moments(Clock clock, Edge edge) {
        this.clock = clock;
        this.edge = edge;
    }

    /** The moment; empty if the text is none. */
    public Optional<Instant> read(String text) {
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
            return Optional.of(at(LocalDateTime.parse(text.replace(' ', 'T')), zone));
        }
        if (TIME.matcher(text).matches()) {
            return Optional.of(at(today.atTime(LocalTime.parse(text)), zone));
        }
        if (DATE.matcher(text).matches()) {
            return Optional.of(at(LocalDate.parse(text).atStartOfDay(), zone));
        }
        return switch (text) {
            case "today" -> Optional.of(at(today.atStartOfDay(), zone));
            case "yesterday" -> Optional.of(at(today.minusDays(1).atStartOfDay(), zone));
            default -> Optional.empty();
        };
    }

    /** A local time that the clocks skip is the moment at which they do; one that occurs twice depends on the edge. */
    private Instant at(LocalDateTime local, ZoneId zone) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        if (change != null && change.isGap()) {
            return change.getInstant();
        }
        ZonedDateTime first = local.atZone(zone).withEarlierOffsetAtOverlap();
        return (edge == Edge.EARLIER ? first : first.withLaterOffsetAtOverlap()).toInstant();
    }
}
