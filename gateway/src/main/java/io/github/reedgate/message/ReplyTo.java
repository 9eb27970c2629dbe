package io.github.reedgate.message;

import java.util.Base64;
import java.util.Optional;

/**
 * Where the sender of a message wants its answer (MQTT 5, section 4.10). Immutable. Anybody may have sent it: the topic can be one on
 * which nobody may be answered.
 *
 * @param topic the response topic
 * @param correlation the correlation data in Base64; the answer brings it back
 */
public record ReplyTo(String topic, String correlation) {

    /** Longest correlation data that is taken. */
    public static final int MOST_CORRELATION_BYTES = 64;

    /**
     * What a message says.
     *
     * @param data the correlation data
     * @return empty if the topic is longer than {@value Topics#MOST_RESPONSE_TOPIC} characters, or the data than {@value
     *     #MOST_CORRELATION_BYTES} bytes
     */
    public static Optional<ReplyTo> of(String topic, byte[] data) {
        return topic.length() > Topics.MOST_RESPONSE_TOPIC || data.length > MOST_CORRELATION_BYTES
                ? Optional.empty()
                : Optional.of(new ReplyTo(topic, Base64.getEncoder().encodeToString(data)));
    }
}
