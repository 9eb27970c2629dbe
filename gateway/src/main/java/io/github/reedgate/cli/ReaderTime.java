package io.github.reedgate.cli;

import io.github.reedgate.event.ClockText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes times as a reader's clock shows them. Stateless. */
final class ReaderTime {

    private static final Pattern PAYLOAD =
            Pattern.compile("\\b[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");

    private ReaderTime() {}

    /** A text for people with each time of a payload in it as {@link #text(String, ZoneId)} shows it. */
    static String within(String text, ZoneId zone) {
        return PAYLOAD.matcher(text).replaceAll(time -> Matcher.quoteReplacement(text(time.group(), zone)));
    }

    /** Date and time in a zone, {@code 2026-11-22 22:14:03}; with its offset if clocks show that time twice. */
    static String text(Instant time, ZoneId zone) {
        return LocalDate.ofInstant(time, zone) + " " + ClockText.clock(time, zone);
    }

    /**
     * The same of a time as payloads have it.
     *
     * @param payload a time in UTC as ISO 8601 writes it; anything else is returned as it is
     */
    static String text(String payload, ZoneId zone) {
        try {
            return text(Instant.parse(payload), zone);
        } catch (DateTimeException e) {
            return payload;
        }
    }
}
