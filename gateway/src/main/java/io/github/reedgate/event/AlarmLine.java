package io.github.reedgate.event;

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
        return event.message() + ", " + ClockText.clock(stamp.time(), zone) + (stamp.clockSynced() ? "" : NOT_SET);
    }
}
