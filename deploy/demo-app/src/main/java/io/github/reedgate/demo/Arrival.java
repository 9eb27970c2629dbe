package io.github.reedgate.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.Map;

/**
 * A message as the phone got it. Immutable.
 *
 * @param topic its topic
 * @param payload its payload as text
 * @param retained whether it is the topic's last known value, sent on subscribing
 * @param properties its MQTT 5 user properties
 * @param atNanos when it arrived, on the monotonic clock
 */
record Arrival(String topic, String payload, boolean retained, Map<String, String> properties, long atNanos) {

    Arrival {
        properties = Map.copyOf(properties);
    }

    boolean endsWith(String topicLevel) {
        return topic.endsWith("/" + topicLevel);
    }

    /** The payload read as an event. */
    SeenEvent event() {
        try {
            Map<String, Object> fields = JSON.std.mapFrom(payload);
            return new SeenEvent(
                    String.valueOf(fields.get("event_type")),
                    String.valueOf(fields.get("id")),
                    fields.get("seq") instanceof Number number ? number.longValue() : -1,
                    Boolean.TRUE.equals(fields.get("replayed")),
                    String.valueOf(fields.get("sensor")),
                    String.valueOf(fields.get("incident_id")),
                    fields.get("tries") instanceof Number tries ? tries.intValue() : 0);
        } catch (IOException e) {
            throw new DemoException("an event is not JSON: " + payload, e);
        }
    }

    /**
     * What the demo looks at in an event.
     *
     * @param type the word for what happened
     * @param id its identity
     * @param seq its number, -1 if it has none
     * @param replayed whether it left later than it could have
     * @param sensor the sensor it is about, or {@code null} as text
     * @param incident the incident it belongs to, or {@code null} as text
     * @param tries how many wrong codes there were, 0 if it does not say
     */
    record SeenEvent(String type, String id, long seq, boolean replayed, String sensor, String incident, int tries) {}

    /** The payload read as the answer to a command. */
    SeenReply reply() {
        try {
            Map<String, Object> fields = JSON.std.mapFrom(payload);
            return new SeenReply(
                    String.valueOf(fields.get("action")),
                    Boolean.TRUE.equals(fields.get("accepted")),
                    String.valueOf(fields.get("reason")));
        } catch (IOException e) {
            throw new DemoException("a reply is not JSON: " + payload, e);
        }
    }

    /**
     * What the demo looks at in the answer to a command.
     *
     * @param action what was ordered
     * @param accepted whether it was done
     * @param reason the word for why not, or {@code null} as text
     */
    record SeenReply(String action, boolean accepted, String reason) {}
}
