package io.github.reedgate.monitor.record;

import org.jspecify.annotations.Nullable;

/**
 * An event of a gateway as the history keeps it. Immutable. Its texts are as hostile as whoever may publish; none has a NUL
 * character or half of a surrogate pair.
 *
 * @param gateway id of the gateway, {@code [a-z0-9_-]{1,32}}
 * @param seq its number, from 1
 * @param id its UUID; 1 to 64 characters
 * @param boot which start of the gateway it belongs to
 * @param timeMillis when it happened, in milliseconds since 1970
 * @param clockSynced whether the gateway's clock could be trusted
 * @param uptimeMillis milliseconds from the gateway's start to the event
 * @param type word of its type
 * @param sensor id of the sensor, or null
 * @param name the sensor's name for people, or null
 * @param state the sensor's state word, or null
 * @param incident id of the incident, or null
 * @param message one line for people
 * @param replayed whether it left the gateway later than it could have
 * @param more further fields as a JSON object, or null
 * @param skipped numbers that it declares as not used
 * @param receivedMillis when it arrived here, in milliseconds since 1970
 */
public record RecordedEvent(
        String gateway,
        long seq,
        String id,
        long boot,
        long timeMillis,
        boolean clockSynced,
        long uptimeMillis,
        String type,
        @Nullable String sensor,
        @Nullable String name,
        @Nullable String state,
        @Nullable String incident,
        String message,
        boolean replayed,
        @Nullable String more,
        NumberRange skipped,
        long receivedMillis)
        implements Item {

    private static final int FIXED_BYTES = 400;

    @Override
    public int bytes() {
        String further = more;
        return FIXED_BYTES + 2 * message.length() + (further == null ? 0 : 2 * further.length());
    }
}
