package io.github.reedgate.system;

import com.fasterxml.jackson.jr.ob.JSON;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A message as a subscriber got it. Immutable.
 *
 * @param topic its topic
 * @param payload its payload as text
 * @param retained whether it is the topic's last known value
 * @param qos its quality of service, 0 to 2
 * @param contentType its content type; empty if it has none
 * @param properties its user properties
 */
record Arrival(
        String topic, String payload, boolean retained, int qos, String contentType, Map<String, String> properties) {

    static Arrival of(Mqtt5Publish publish) {
        Map<String, String> properties = new LinkedHashMap<>();
        publish.getUserProperties()
                .asList()
                .forEach(each -> properties.put(
                        each.getName().toString(), each.getValue().toString()));
        return new Arrival(
                publish.getTopic().toString(),
                new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8),
                publish.isRetain(),
                publish.getQos().getCode(),
                publish.getContentType().map(Object::toString).orElse(""),
                properties);
    }

    /** The payload as a JSON object. */
    Map<String, Object> json() {
        try {
            return JSON.std.mapFrom(payload);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + payload, e);
        }
    }
}
