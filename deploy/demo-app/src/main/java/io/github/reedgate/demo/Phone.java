package io.github.reedgate.demo;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A subscriber as a phone is one: fixed client id, a session that the broker keeps while it is away, QoS 1. It comes back
 * by itself after an outage. Arrivals are told on a thread of the MQTT client; the other methods block for a minute at most.
 */
final class Phone implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int SESSION_SECONDS = 3_600;

    private final Mqtt5AsyncClient client;
    private final boolean fresh;

    private Phone(int port, String clientId, boolean fresh) {
        this.fresh = fresh;
        this.client = Mqtt5Client.builder()
                .identifier(clientId)
                .serverHost("localhost")
                .serverPort(port)
                .automaticReconnect()
                .initialDelay(200, TimeUnit.MILLISECONDS)
                .maxDelay(1, TimeUnit.SECONDS)
                .applyAutomaticReconnect()
                .buildAsync();
    }

    /** A phone that keeps its session, connected and subscribed. */
    static Phone subscribed(int port, String clientId, String filter, Consumer<Arrival> arrivals) {
        return new Phone(port, clientId, false).subscribe(filter, arrivals);
    }

    /** A subscriber that knows nothing of before: it gets what is retained first. */
    static Phone stranger(int port, String filter, Consumer<Arrival> arrivals) {
        return new Phone(port, "stranger", true).subscribe(filter, arrivals);
    }

    private Phone subscribe(String filter, Consumer<Arrival> arrivals) {
        client.publishes(MqttGlobalPublishFilter.ALL, publish -> arrivals.accept(arrival(publish)));
        await(
                client.connectWith()
                        .cleanStart(fresh)
                        .sessionExpiryInterval(fresh ? 0 : SESSION_SECONDS)
                        .keepAlive(15)
                        .send(),
                "connect");
        await(
                client.subscribeWith()
                        .topicFilter(filter)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .send(),
                "subscribe");
        return this;
    }

    /** Sends a message that is not kept; the broker has it when this returns. */
    void send(String topic, String payload) {
        await(
                client.publishWith()
                        .topic(topic)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(payload.getBytes(StandardCharsets.UTF_8))
                        .send(),
                "send");
    }

    private static Arrival arrival(Mqtt5Publish publish) {
        Map<String, String> properties = new LinkedHashMap<>();
        publish.getUserProperties()
                .asList()
                .forEach(each -> properties.put(
                        each.getName().toString(), each.getValue().toString()));
        return new Arrival(
                publish.getTopic().toString(),
                new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8),
                publish.isRetain(),
                properties,
                System.nanoTime());
    }

    @Override
    public void close() {
        if (client.getState().isConnected()) {
            await(client.disconnect(), "disconnect");
        }
    }

    private static void await(CompletableFuture<?> future, String what) {
        try {
            future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new DemoException("the phone could not " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted while the phone was to " + what, e);
        }
    }
}
