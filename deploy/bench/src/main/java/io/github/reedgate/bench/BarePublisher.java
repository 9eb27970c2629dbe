package io.github.reedgate.bench;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

/**
 * The floor: the client library and nothing else. Publishes a packet like that of an alarm, with a line as long on a topic as
 * deep and the same properties, QoS 1, and does not wait for the acknowledgement. All texts are there before the time is
 * taken; turning them into a packet is the library's work and counts.
 */
final class BarePublisher extends Publisher {

    private final Mqtt5AsyncClient client;
    private final String topic;
    private int number;

    private BarePublisher(Mqtt5AsyncClient client, String topic) {
        this.client = client;
        this.topic = topic;
    }

    /** The process: arguments are the broker's port and the topic. */
    static void run(int port, String topic) throws IOException {
        Mqtt5AsyncClient client = Mqtt5Client.builder()
                .identifier("bench-bare")
                .serverHost("localhost")
                .serverPort(port)
                .buildAsync();
        client.toBlocking().connect();
        new BarePublisher(client, topic).serve();
        client.toBlocking().disconnect();
    }

    /** The text of a message: an alarm line whose clock time is the message's number. */
    static String text(int number) {
        String digits = String.format(Locale.ROOT, "%06d", number);
        return "Front door opened, " + digits.substring(0, 2) + ":" + digits.substring(2, 4) + ":"
                + digits.substring(4);
    }

    /** The number in the text of a message. */
    static long number(Arrival arrival) {
        return Long.parseLong(arrival.payload().replaceAll("[^0-9]", ""));
    }

    @Override
    long cause() {
        number++;
        byte[] payload = text(number).getBytes(StandardCharsets.UTF_8);
        String id = UUID.randomUUID().toString();
        String seq = Integer.toString(number);
        String time = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        long atNanos = System.nanoTime();
        var unused = client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload)
                .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8)
                .contentType("text/plain")
                .userProperties()
                .add("event_type", "opened")
                .add("id", id)
                .add("seq", seq)
                .add("time", time)
                .applyUserProperties()
                .send();
        return atNanos;
    }

    @Override
    void relax() {
        // there is no door to close
    }
}
