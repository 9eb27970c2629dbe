package io.github.reedgate.link;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A subscriber that keeps what it got, and publishes. */
final class Phone implements AutoCloseable {

    private static final int LIMIT_SECONDS = 20;

    private final BlockingQueue<Mqtt5Publish> got = new LinkedBlockingQueue<>();
    private final Mqtt5BlockingClient client;

    Phone(URI broker, String filter) {
        client = Mqtt5Client.builder()
                .serverHost(broker.getHost())
                .serverPort(broker.getPort())
                .buildBlocking();
        client.toAsync().publishes(MqttGlobalPublishFilter.ALL, got::add);
        client.connect();
        client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
    }

    /** Publishes so many bytes with no property, and waits for the acknowledgement. */
    void send(String topic, int bytes, boolean retain) {
        client.publishWith()
                .topic(topic)
                .payload(new byte[bytes])
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(retain)
                .send();
    }

    Mqtt5Publish next() {
        try {
            Mqtt5Publish publish = got.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (publish == null) {
                throw new AssertionError("the phone got nothing for " + LIMIT_SECONDS + " s");
            }
            return publish;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    String nextText() {
        return text(next());
    }

    static String text(Mqtt5Publish publish) {
        return new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        client.disconnect();
    }
}
