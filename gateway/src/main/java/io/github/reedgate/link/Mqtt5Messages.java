package io.github.reedgate.link;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.datatypes.MqttUtf8String;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5WillPublish;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns messages into the client library's packets. Both methods throw IllegalArgumentException for what MQTT can't carry. */
final class Mqtt5Messages {

    /** What most messages have in common; checked and encoded once. */
    private static final Map<String, MqttUtf8String> KNOWN = Stream.of(
                    Message.TEXT, Message.JSON, "event_type", "id", "replayed", "seq", "time")
            .collect(Collectors.toUnmodifiableMap(text -> text, MqttUtf8String::of));

    // the next message mostly has the same one, as events that waited do
    private static volatile MqttTopic lastTopic = MqttTopic.of("none");

    private Mqtt5Messages() {}

    static Mqtt5Publish publish(Message message) {
        return publish(message, null);
    }

    /** The same with correlation data, which is Base64 or null. */
    static Mqtt5Publish publish(Message message, @Nullable String correlation) {
        return Mqtt5Publish.builder()
                .topic(topic(message))
                .qos(qos(message))
                .retain(message.retain())
                .payload(message.payload().getBytes(StandardCharsets.UTF_8))
                .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8)
                .contentType(text(message.contentType()))
                .userProperties(properties(message))
                .correlationData(
                        correlation == null
                                ? null
                                : ByteBuffer.wrap(Base64.getDecoder().decode(correlation)))
                .build();
    }

    static Mqtt5WillPublish will(Message message) {
        return Mqtt5WillPublish.builder()
                .topic(topic(message))
                .qos(qos(message))
                .retain(message.retain())
                .payload(message.payload().getBytes(StandardCharsets.UTF_8))
                .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8)
                .contentType(text(message.contentType()))
                .userProperties(properties(message))
                .build();
    }

    private static MqttQos qos(Message message) {
        return message.qos() == QoS.AT_MOST_ONCE ? MqttQos.AT_MOST_ONCE : MqttQos.AT_LEAST_ONCE;
    }

    private static MqttTopic topic(Message message) {
        MqttTopic topic = lastTopic;
        if (!topic.toString().equals(message.topic())) {
            topic = MqttTopic.of(message.topic());
            lastTopic = topic;
        }
        return topic;
    }

    private static MqttUtf8String text(String text) {
        MqttUtf8String known = KNOWN.get(text);
        return known == null ? MqttUtf8String.of(text) : known;
    }

    private static Mqtt5UserProperties properties(Message message) {
        // sorted in the message, so that the same message is always the same packet
        List<Mqtt5UserProperty> sorted = new ArrayList<>();
        message.userProperties()
                .forEach((name, value) -> sorted.add(Mqtt5UserProperty.of(text(name), MqttUtf8String.of(value))));
        return Mqtt5UserProperties.of(sorted);
    }
}
