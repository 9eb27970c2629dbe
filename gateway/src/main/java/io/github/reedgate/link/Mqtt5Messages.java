package io.github.reedgate.link;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5WillPublish;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Turns messages into the client library's packets. Both methods throw IllegalArgumentException for what MQTT can't carry. */
final class Mqtt5Messages {

    private Mqtt5Messages() {}

    static Mqtt5Publish publish(Message message) {
        return Mqtt5Publish.builder()
                .topic(message.topic())
                .qos(qos(message))
                .retain(message.retain())
                .payload(message.payload().getBytes(StandardCharsets.UTF_8))
                .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8)
                .contentType(message.contentType())
                .userProperties(properties(message))
                .build();
    }

    static Mqtt5WillPublish will(Message message) {
        return Mqtt5WillPublish.builder()
                .topic(message.topic())
                .qos(qos(message))
                .retain(message.retain())
                .payload(message.payload().getBytes(StandardCharsets.UTF_8))
                .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8)
                .contentType(message.contentType())
                .userProperties(properties(message))
                .build();
    }

    private static MqttQos qos(Message message) {
        return message.qos() == QoS.AT_MOST_ONCE ? MqttQos.AT_MOST_ONCE : MqttQos.AT_LEAST_ONCE;
    }

    private static Mqtt5UserProperties properties(Message message) {
        // sorted in the message, so that the same message is always the same packet
        List<Mqtt5UserProperty> sorted = new ArrayList<>();
        message.userProperties().forEach((name, value) -> sorted.add(Mqtt5UserProperty.of(name, value)));
        return Mqtt5UserProperties.of(sorted);
    }
}
