package io.github.reedgate.notice;

import io.github.reedgate.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * An event that has just been told the broker. Immutable.
 *
 * @param event the event
 * @param line the line that went to the alarm topic with it, or null if it rings nowhere
 */
public record Told(Event event, @Nullable String line) {

    /** The incident it belongs to, or null. */
    @Nullable
    String incident() {
        return event.more().get(Event.INCIDENT) instanceof String id ? id : null;
    }

    /** One line for people. */
    String text() {
        return line == null ? event.message() : line;
    }
}
