package io.github.reedgate.cli;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message as it came from the broker: nothing in it can be trusted. Immutable as long as nobody writes into the bytes.
 *
 * @param at when it came
 * @param topic its topic; well-formed text, for the client checks that
 * @param payload its bytes; may be empty or anything
 * @param flags how it was delivered
 * @param contentType its MIME type, if told
 * @param userProperties MQTT 5 user properties in order of their first occurrence, each with all its values
 */
@SuppressWarnings("ArrayRecordComponent") // only read, never compared
record Received(
        Instant at,
        String topic,
        byte[] payload,
        Flags flags,
        Optional<String> contentType,
        Map<String, List<String>> userProperties) {

    /**
     * How it was delivered.
     *
     * @param retained true if it is the topic's last known value, not news
     * @param qos 0, 1 or 2
     * @param duplicate true if a message with the same id came before on this topic; the MQTT client does not tell the DUP
     *     flag, and the id says more
     */
    record Flags(boolean retained, int qos, boolean duplicate) {}

    /** Takes over what the MQTT client delivers; whether it is a duplicate is for {@link SeenIds} to say. */
    static Received of(Mqtt5Publish publish, Instant at) {
        Map<String, List<String>> properties = new LinkedHashMap<>();
        publish.getUserProperties()
                .asList()
                .forEach(property -> properties
                        .computeIfAbsent(property.getName().toString(), name -> new ArrayList<>())
                        .add(property.getValue().toString()));
        return new Received(
                at,
                publish.getTopic().toString(),
                publish.getPayloadAsBytes(),
                new Flags(publish.isRetain(), publish.getQos().getCode(), false),
                publish.getContentType().map(Object::toString),
                properties);
    }

    /** The same, known to be a duplicate or not. */
    Received withDuplicate(boolean duplicate) {
        Flags more = new Flags(flags.retained(), flags.qos(), duplicate);
        return new Received(at, topic, payload, more, contentType, userProperties);
    }

    /** The payload as text; empty if it is not UTF-8. */
    Optional<String> text() {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
