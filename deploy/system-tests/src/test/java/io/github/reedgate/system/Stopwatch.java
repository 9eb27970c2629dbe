package io.github.reedgate.system;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Takes the time from the moment a gateway says that it is online until it says that all events up to a number were
 * acknowledged, as somebody at the broker hears it. Safe for use by any thread.
 */
final class Stopwatch implements AutoCloseable {

    private static final String ROOT = "reedgate/home/";
    private static final String WATERMARK = "diagnostics/watermark";

    private final Mqtt5BlockingClient client;
    private final long last;
    private long beginNanos;
    private long endNanos;

    private Stopwatch(int port, long last) {
        this.last = last;
        client = Mqtt5Client.builder()
                .identifier("stopwatch")
                .serverHost("localhost")
                .serverPort(port)
                .buildBlocking();
    }

    /**
     * Listens at a broker that knows the gateway, as after an outage, and has acknowledged no event of it yet. A broker that
     * does not know it costs {@code WatermarkQuestion.QUIET} more, once, whatever waits.
     */
    static Stopwatch at(int port, long last) {
        Stopwatch watch = new Stopwatch(port, last);
        watch.client
                .toAsync()
                .publishes(MqttGlobalPublishFilter.ALL, publish -> watch.heard(Arrival.of(publish), System.nanoTime()));
        watch.client.connect();
        watch.client
                .publishWith()
                .topic(ROOT + WATERMARK)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .payload("0".getBytes(StandardCharsets.UTF_8))
                .send();
        watch.client
                .subscribeWith()
                .addSubscription()
                .topicFilter(ROOT + "availability")
                .applySubscription()
                .addSubscription()
                .topicFilter(ROOT + WATERMARK)
                .applySubscription()
                .send();
        return watch;
    }

    private synchronized void heard(Arrival arrival, long nowNanos) {
        if (arrival.payload().equals("online") && beginNanos == 0) {
            beginNanos = nowNanos;
        } else if (arrival.topic().endsWith("watermark")
                && Long.parseLong(arrival.payload()) >= last
                && endNanos == 0) {
            endNanos = nowNanos;
        }
    }

    synchronized boolean isOver() {
        return beginNanos != 0 && endNanos != 0;
    }

    synchronized Duration time() {
        return Duration.ofNanos(endNanos - beginNanos);
    }

    @Override
    public void close() {
        client.disconnect();
    }
}
