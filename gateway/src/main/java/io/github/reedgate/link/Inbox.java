package io.github.reedgate.link;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.github.reedgate.message.Incoming;
import io.github.reedgate.message.ReplyTo;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells what comes on the topics that were subscribed to, and reads no more of it than {@link Incoming#MOST_BYTES}.
 * Immutable; used by the library's threads.
 */
final class Inbox {

    private final Set<String> topics;
    private final Consumer<LinkEvent> listener;

    Inbox(List<String> topics, Consumer<LinkEvent> listener) {
        this.topics = Set.copyOf(topics);
        this.listener = listener;
    }

    /** Tells of a message on one of the topics; returns false if it is on another. Never blocks. */
    boolean takes(Mqtt5Publish message) {
        String topic = message.getTopic().toString();
        if (!topics.contains(topic)) {
            return false;
        }
        ByteBuffer payload = message.getPayload().orElseGet(() -> ByteBuffer.allocate(0));
        Incoming incoming = incoming(topic, payload, message.isRetain());
        listener.accept(new LinkEvent.Received(
                new Incoming(topic, incoming.text(), incoming.shape(), incoming.retained(), replyTo(message))));
        return true;
    }

    private static @Nullable ReplyTo replyTo(Mqtt5Publish message) {
        return message.getResponseTopic()
                .flatMap(topic ->
                        message.getCorrelationData().flatMap(data -> ReplyTo.of(topic.toString(), bytes(data))))
                .orElse(null);
    }

    private static byte[] bytes(ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return bytes;
    }

    static Incoming incoming(String topic, ByteBuffer payload, boolean retained) {
        if (payload.remaining() > Incoming.MOST_BYTES) {
            return new Incoming(topic, "", Incoming.Shape.TOO_LONG, retained);
        }
        try {
            // a decoder of its own each time: it is strict, where String's constructor puts in replacements
            String text = StandardCharsets.UTF_8.newDecoder().decode(payload).toString();
            return new Incoming(topic, text, Incoming.Shape.TEXT, retained);
        } catch (CharacterCodingException e) {
            return new Incoming(topic, "", Incoming.Shape.NOT_TEXT, retained);
        }
    }
}
