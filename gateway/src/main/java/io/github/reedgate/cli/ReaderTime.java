package io.github.reedgate.cli;

import io.github.reedgate.event.ClockText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Writes times as a reader's clock shows them. Stateless. */
final class ReaderTime {

    private ReaderTime() {}

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
