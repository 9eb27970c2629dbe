package io.github.reedgate.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the log. Immutable. The texts are as hostile as whoever could write the file.
 *
 * @param seq its number
 * @param id its UUID
 * @param boot which start of the gateway it belongs to
 * @param time when it happened
 * @param clockSynced whether the wall clock could be trusted then
 * @param uptimeMillis milliseconds from the gateway's start to the event
 * @param type word of its type; one that this version does not know is possible
 * @param sensor id of the sensor, or null for what concerns the whole gateway
 * @param name the sensor's name for people, or null
 * @param state the sensor's state word after the event, or null
 * @param message one line for people
 * @param more further fields as a JSON object, or null
 * @param alarm whether it was an alarm
 */
public record LoggedEvent(
        long seq,
        String id,
        long boot,
        Instant time,
        boolean clockSynced,
        long uptimeMillis,
        String type,
        @Nullable String sensor,
        @Nullable String name,
        @Nullable String state,
        String message,
        @Nullable String more,
        boolean alarm) {

    /** The same under another number. */
    LoggedEvent numbered(long number) {
        return new LoggedEvent(
                number, id, boot, time, clockSynced, uptimeMillis, type, sensor, name, state, message, more, alarm);
    }

    /** What the row's check has to be if it is as it was written. */
    long check() {
        return new RowCheck()
                .number(seq)
                .text(id)
                .number(boot)
                .number(time.toEpochMilli())
                .flag(clockSynced)
                .number(uptimeMillis)
                .text(type)
                .text(sensor)
                .text(name)
                .text(state)
                .text(message)
                .text(more)
                .flag(alarm)
                .value();
    }
}
