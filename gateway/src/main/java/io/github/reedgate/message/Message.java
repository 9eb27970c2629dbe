package io.github.reedgate.message;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One MQTT application message, ready to be sent. Immutable.
 *
 * @param topic the full topic name; never empty, no wildcard, no NUL (MQTT 5, section 4.7)
 * @param payload the payload as text, sent as UTF-8; may be empty, which on a retained topic clears it
 * @param qos the delivery guarantee
 * @param retain whether the broker keeps it as the topic's last known value
 * @param contentType the MIME type for the content type property (MQTT 5, section 3.3.2.3.9)
 * @param userProperties MQTT 5 user properties, sorted by name; may be empty
 */
public record Message(
        String topic, String payload, QoS qos, boolean retain, String contentType, Map<String, String> userProperties) {

    /** MIME type of plain text payloads. */
    public static final String TEXT = "text/plain; charset=utf-8";

    /** MIME type of JSON payloads. */
    public static final String JSON = "application/json";

    private static final String HANDOVER = "{\"migrate_discovery\": true}";

    /** Checks the topic and copies the properties. */
    public Message {
        if (topic.isEmpty() || topic.indexOf('#') >= 0 || topic.indexOf('+') >= 0 || topic.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("topic '" + topic + "' is empty or has a wildcard or NUL in it");
        }
        userProperties = Collections.unmodifiableSortedMap(new TreeMap<>(userProperties));
    }

    /** A retained QoS 1 message in plain text without user properties. */
    public static Message retainedText(String topic, String payload) {
        return new Message(topic, payload, QoS.AT_LEAST_ONCE, true, TEXT, Map.of());
    }

    /** A retained QoS 1 message in JSON without user properties. */
    public static Message retainedJson(String topic, String payload) {
        return new Message(topic, payload, QoS.AT_LEAST_ONCE, true, JSON, Map.of());
    }

    /** Tells a home server that what a topic described is about to be described on another one, and is to be kept. */
    public static Message handover(String topic) {
        return retainedJson(topic, HANDOVER);
    }

    /** Whether this is a {@link #handover}: what its topic says next has to wait for what describes the same elsewhere. */
    public boolean isHandover() {
        return retain && payload.equals(HANDOVER);
    }

    /** The same message with another delivery guarantee. */
    public Message with(QoS other) {
        return other == qos ? this : new Message(topic, payload, other, retain, contentType, userProperties);
    }
}
