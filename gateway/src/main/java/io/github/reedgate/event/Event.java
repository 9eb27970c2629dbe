package io.github.reedgate.event;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event: what happened, when and where. It is stored in the log and published on the event topic. Immutable.
 *
 * @param type what happened
 * @param stamp its identity and time
 * @param gateway the gateway's id
 * @param sensor the sensor's id, or null for what concerns the whole gateway
 * @param name the sensor's name for people, or null
 * @param state the sensor's state word after the event, or null
 * @param message one line for people
 * @param more further fields of this type of event, in this order: text, whole numbers, booleans, lists of texts
 *     or maps of these
 */
public record Event(
        EventType type,
        Stamp stamp,
        String gateway,
        @Nullable String sensor,
        @Nullable String name,
        @Nullable String state,
        String message,
        Map<String, Object> more) {

    /** Name of the further field with the id of the incident that the event belongs to. */
    public static final String INCIDENT = "incident_id";

    /** Name of the further field with the id of the notification target that the event is about. */
    public static final String TARGET = "target";

    /** The same event with another identity or time. */
    public Event with(Stamp changed) {
        return new Event(type, changed, gateway, sensor, name, state, message, more);
    }

    /**
     * Identity and time of an event.
     *
     * @param id UUID of version 7
     * @param seq number, rising by one with each event of the gateway
     * @param boot which start of the gateway it belongs to; 1 is the first
     * @param time when it happened, not when it was sent
     * @param clockSynced whether the wall clock could be trusted
     * @param uptimeMillis milliseconds from the gateway's start to the event
     */
    public record Stamp(String id, long seq, long boot, Instant time, boolean clockSynced, long uptimeMillis) {}
}
