package io.github.reedgate.system;

import com.hivemq.client.mqtt.MqttClientState;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * An independent subscriber with a kept session, QoS 1, on all topics of one gateway, connected to the broker itself and not
 * through a faulty line. It connects again by itself and then subscribes again, as the broker may have forgotten it. Passes
 * on what comes, in order, on the client's thread.
 */
final class Witness implements AutoCloseable {

    private static final int LIMIT_SECONDS = 30;

    private final Mqtt5AsyncClient client;
    private final AtomicInteger subscribed = new AtomicInteger();

    private Witness(int port, String clientId, Consumer<Arrival> books) {
        client = Mqtt5Client.builder()
                .identifier(clientId)
                .serverHost("localhost")
                .serverPort(port)
                .automaticReconnect()
                .initialDelay(100, TimeUnit.MILLISECONDS)
                .maxDelay(300, TimeUnit.MILLISECONDS)
                .applyAutomaticReconnect()
                .addConnectedListener(connected -> subscribe())
                .buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, publish -> books.accept(Arrival.of(publish)));
    }

    /** Connected and subscribed. */
    static Witness of(int port, String clientId, Consumer<Arrival> books) {
        Witness witness = new Witness(port, clientId, books);
        witness.connect();
        return witness;
    }

    private void subscribe() {
        var unused = client.subscribeWith()
                .topicFilter("reedgate/home/#")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .thenRun(subscribed::incrementAndGet);
    }

    /** Connects and waits until it is subscribed; the session of last time goes on. */
    void connect() {
        int before = subscribed.get();
        await(client.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(86_400)
                .keepAlive(10)
                .send());
        awaitSubscribed(before);
    }

    /** Leaves; the broker keeps what comes meanwhile, or should. */
    void leave() {
        await(client.disconnect());
    }

    /** How often it was subscribed. */
    int subscribed() {
        return subscribed.get();
    }

    /** Waits until it is subscribed once more than so many times. */
    void awaitSubscribed(int before) {
        Waiting.until("the witness is subscribed", () -> subscribed.get() > before);
    }

    @Override
    public void close() {
        if (client.getState() == MqttClientState.CONNECTED) {
            leave();
        }
    }

    private static void await(CompletableFuture<?> future) {
        try {
            future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the witness failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
