package io.github.reedgate.monitor.supervision;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event of the monitor. Immutable.
 *
 * @param seq number, rising by one with each event of the monitor
 * @param id UUID of version 7; the same whenever the event is published again
 * @param type what happened
 * @param time when it happened
 * @param gateway the gateway's id, or null for what concerns the monitor
 * @param message one line for people
 * @param more further fields: text, whole numbers, booleans and lists of texts
 */
public record MonitorEvent(
        long seq,
        String id,
        MonitorEventType type,
        Instant time,
        @Nullable String gateway,
        String message,
        Map<String, Object> more) {

    /** Copies the map, in its order. */
    public MonitorEvent {
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }
}
