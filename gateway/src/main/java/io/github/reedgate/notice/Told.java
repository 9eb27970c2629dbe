package io.github.reedgate.notice;

import io.github.reedgate.message.EventRecord;
import io.github.reedgate.message.Messages;
import org.jspecify.annotations.Nullable;

/**
 * An event that has just been told the broker. Immutable.
 *
 * @param event the event
 * @param line the line that went to the alarm topic with it, or null if it rings nowhere
 */
public record Told(EventRecord event, @Nullable String line) {

    /** The incident it belongs to, or null. */
    @Nullable
    String incident() {
        return event.more().get(Messages.INCIDENT) instanceof String id ? id : null;
    }

    /** One line for people. */
    String text() {
        return line == null ? event.message() : line;
    }
}
