package io.github.reedgate.message;

import io.github.reedgate.event.AlarmLine;
import io.github.reedgate.event.Event;
import java.time.ZoneId;

/**
 * Writes the messages of events. Immutable, safe for use by any thread.
 *
 * @param messages writes messages
 * @param zone of the clock time in alarm lines
 */
public record Payloads(Messages messages, ZoneId zone) {

    /** The line on the alarm topic. */
    public Message alarmLine(Event event) {
        return messages.alarm(AlarmLine.of(event, zone), event);
    }

    /** The event in JSON. */
    public Message event(Event event) {
        return messages.event(event);
    }
}
