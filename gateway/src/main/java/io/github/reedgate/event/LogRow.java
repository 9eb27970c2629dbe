package io.github.reedgate.event;

import io.github.reedgate.json.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event as a row of the event log: the type as a word, the further fields as JSON. Immutable. If it was read from a file, its
 * texts are as hostile as whoever could write the file.
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
public record LogRow(
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

    /**
     * The row of an event.
     *
     * @param alarm whether it is an alarm
     */
    public static LogRow of(Event event, boolean alarm) {
        Event.Stamp stamp = event.stamp();
        return new LogRow(
                stamp.seq(),
                stamp.id(),
                stamp.boot(),
                stamp.time(),
                stamp.clockSynced(),
                stamp.uptimeMillis(),
                event.type().word(),
                event.sensor(),
                event.name(),
                event.state(),
                event.message(),
                event.more().isEmpty() ? null : Json.write(event.more()),
                alarm);
    }

    /**
     * The event of this row.
     *
     * @param gateway the gateway's id, which no row has
     * @return empty if this version does not know the type, or the further fields are no JSON that it writes; whole numbers
     *     among these are {@link Long}
     */
    public Optional<Event> event(String gateway) {
        Event.Stamp stamp = new Event.Stamp(id, seq, boot, time, clockSynced, uptimeMillis);
        try {
            Map<String, Object> fields = more == null ? Map.of() : Json.read(more);
            return EventType.of(type)
                    .map(known -> new Event(known, stamp, gateway, sensor, name, state, message, fields));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The same with another type. */
    LogRow typed(String word) {
        return new LogRow(
                seq, id, boot, time, clockSynced, uptimeMillis, word, sensor, name, state, message, more, alarm);
    }

    /** The same under another number. */
    public LogRow numbered(long number) {
        return new LogRow(
                number, id, boot, time, clockSynced, uptimeMillis, type, sensor, name, state, message, more, alarm);
    }
}
