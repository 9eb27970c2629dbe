package io.github.reedgate.event;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/**
 * Writes times, digit by digit: a formatter of the JDK takes ten times as long, and an alarm is on its way. Stateless.
 */
public final class ClockText {

    private static final int LAST_YEAR = 9_999;

    private ClockText() {}

    /** As in payloads: UTC with milliseconds, {@code 2026-11-22T21:14:03.120Z}. Years are those from 0 to 9999. */
    public static String utc(Instant time) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(24);
        digits(text, Math.max(0, Math.min(LAST_YEAR, utc.getYear())), 1_000);
        digits(text.append('-'), utc.getMonthValue(), 10);
        digits(text.append('-'), utc.getDayOfMonth(), 10);
        clock(text.append('T'), utc.toLocalTime());
        digits(text.append('.'), time.getNano() / 1_000_000, 100);
        return text.append('Z').toString();
    }

    /** As in alarm lines: the clock time in a zone, {@code 22:14:03}; with its offset if it occurs twice. */
    public static String clock(Instant time, ZoneId zone) {
        StringBuilder text = new StringBuilder(14);
        clock(text, LocalTime.ofInstant(time, zone));
        return text.append(offsetIfTwice(time, zone)).toString();
    }

    /**
     * What tells the two moments apart at which clocks show the same time, because they are put back: the offset, such as
     * {@code +02:00}. Empty if the clocks show this time once.
     */
    public static String offsetIfTwice(Instant time, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        if (rules.getValidOffsets(LocalDateTime.ofInstant(time, zone)).size() < 2) {
            return "";
        }
        ZoneOffset offset = rules.getOffset(time);
        return offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.toString();
    }

    private static void clock(StringBuilder text, LocalTime time) {
        digits(text, time.getHour(), 10);
        digits(text.append(':'), time.getMinute(), 10);
        digits(text.append(':'), time.getSecond(), 10);
    }

    private static void digits(StringBuilder text, int number, int first) {
        for (int weight = first; weight > 0; weight /= 10) {
            text.append((char) ('0' + number / weight % 10));
        }
    }
}
