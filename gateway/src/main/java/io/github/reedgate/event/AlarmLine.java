package io.github.reedgate.event;

import java.time.Instant;
import java.time.ZoneId;

/** The line on the alarm topic that a phone shows for an event. Stateless. */
public final class AlarmLine {

    /** What the line ends with if the clock was not set when the event happened. */
    public static final String NOT_SET = " (clock not set)";

    private AlarmLine() {}

    /**
     * Writes the line: the event's message and the clock time at which it happened.
     *
     * @param event the event
     * @param zone of the clock time
     */
    public static String of(Event event, ZoneId zone) {
        Event.Stamp stamp = event.stamp();
        return of(event.message(), stamp.time(), stamp.clockSynced(), zone);
    }

    /**
     * Writes the line of an event in the log.
     *
     * @param row the event
     * @param zone of the clock time
     */
    public static String of(LogRow row, ZoneId zone) {
        return of(row.message(), row.time(), row.clockSynced(), zone);
    }

    private static String of(String message, Instant time, boolean clockSynced, ZoneId zone) {
        return message + ", " + ClockText.clock(time, zone) + (clockSynced ? "" : NOT_SET);
    }
}
