package io.github.reedgate.monitor.record;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that the monitor itself has to report. Immutable. The store gives it its number and keeps it until the broker has
 * acknowledged it.
 *
 * @param type what happened
 * @param gateway id of the gateway it is about, or null
 * @param message one line for people
 * @param more further fields: texts, whole numbers and booleans
 * @param timeMillis when it happened, in milliseconds since 1970
 */
public record OwnEvent(Type type, @Nullable String gateway, String message, Map<String, Object> more, long timeMillis) {

    /** Copies the fields, in their order. */
    public OwnEvent {
        more = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(more));
    }

    /** What the monitor reports; the word sent is the name in lower case. */
    public enum Type {
        /** Events of a gateway are missing. */
        GAP_FOUND,
        /** None of a gateway's events is missing any more. */
        GAP_HEALED,
        /** Events of a gateway are not in its log any more. */
        GAP_GONE,
        /** Two different events of a gateway have one number. */
        CONFLICT,
        /** A message could not be read. */
        REJECTED,
        /** Events can't be stored; the broker keeps them. */
        STORE_FAULT,
        /** Events are stored again. */
        STORE_OK,
        /** The connection to the broker ended. */
        LINK_LOST,
        /** It is back. */
        LINK_RESTORED,
        /** The monitor started. */
        STARTED,
        /** It was told to stop. */
        STOPPING,
        /** A gateway is not heard for longer than its threshold. */
        GATEWAY_SILENT,
        /** A gateway that was silent or stopped is heard again. */
        GATEWAY_BACK,
        /** A gateway said that it stops, or stays away after it did. */
        GATEWAY_STOPPED,
        /** A gateway fell silent at the wrong moment: the alarm is raised. */
        SILENCE_ALARM,
        /** An alarm that nobody acknowledged is repeated. */
        SILENCE_REPEATED,
        /** An alarm is over. */
        ACKNOWLEDGED,
        /** The URL that watches the monitor can't be called. */
        PING_FAILED,
        /** It can be called again. */
        PING_RESTORED,
        /** The broker does not take what the monitor publishes on a topic. */
        PUBLISH_REFUSED,
        /** It takes it again. */
        PUBLISH_RESTORED,
        /** A file that the monitor keeps could not be read and was moved aside. */
        FILE_DAMAGED,
        /** Something was dropped because a bound was reached. */
        OVERFLOW;

        /** The word on the event topic. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
