package io.github.reedgate.system;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.github.reedgate.testbroker.Account;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A subscriber that has nothing of the gateway in it: fixed client id, kept session, QoS 1, all topics of one gateway. It
 * connects again by itself. Safe for use by any thread.
 */
final class Subscriber implements AutoCloseable {

    private static final String ROOT = "reedgate/home/";
    private static final int LIMIT_SECONDS = 15;

    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private final Mqtt5AsyncClient client;

    private Subscriber(int port, String clientId) {
        this.client = Mqtt5Client.builder()
                .identifier(clientId)
                .serverHost("localhost")
                .serverPort(port)
                .automaticReconnect()
                .initialDelay(100, TimeUnit.MILLISECONDS)
                .maxDelay(500, TimeUnit.MILLISECONDS)
                .applyAutomaticReconnect()
                .buildAsync();
    }

    /** Connected to a broker that lets everybody in. */
    static Subscriber connected(int port, String clientId) {
        return connected(port, clientId, Optional.empty());
    }

    /** Connected as that user. */
    static Subscriber connected(int port, String clientId, Optional<Account> account) {
        Subscriber subscriber = new Subscriber(port, clientId);
        subscriber.client.publishes(
                MqttGlobalPublishFilter.ALL, publish -> subscriber.arrivals.add(Arrival.of(publish)));
        var connect = subscriber
                .client
                .connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(3_600)
                .keepAlive(10);
        account.ifPresent(one -> connect.simpleAuth()
                .username(one.user())
                .password(one.password().getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth());
        await(connect.send());
        await(subscriber
                .client
                .subscribeWith()
                .topicFilter(ROOT + "#")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send());
        return subscriber;
    }

    /** Sends a message to a topic below the gateway's root; the broker has it when this returns. */
    void send(String topic, String payload, boolean retain) {
        await(client.publishWith()
                .topic(ROOT + topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .retain(retain)
                .send());
    }

    List<Arrival> all() {
        return List.copyOf(arrivals);
    }

    /** What came on a topic below the gateway's root. */
    List<Arrival> on(String topic) {
        return arrivals.stream()
                .filter(arrival -> arrival.topic().equals(ROOT + topic))
                .toList();
    }

    /** The last payload on a topic; empty if there is none. */
    Optional<String> last(String topic) {
        List<Arrival> on = on(topic);
        return on.isEmpty()
                ? Optional.empty()
                : Optional.of(on.get(on.size() - 1).payload());
    }

    void awaitLast(String topic, String payload) {
        Waiting.until(topic + " is " + payload, () -> last(topic).equals(Optional.of(payload)));
    }

    /** All events in the order of their first arrival, repeats of an id left out. */
    List<Map<String, Object>> events() {
        Map<Object, Map<String, Object>> unique = new LinkedHashMap<>();
        for (Arrival arrival : on("event")) {
            Map<String, Object> event = arrival.json();
            unique.putIfAbsent(String.valueOf(event.get("id")), event);
        }
        return List.copyOf(unique.values());
    }

    /** The events of some types. */
    List<Map<String, Object>> events(String... types) {
        List<String> wanted = List.of(types);
        return events().stream()
                .filter(event -> wanted.contains(event.get("event_type")))
                .toList();
    }

    /** The ids of all alarms, repeats left out. */
    List<String> alarmIds() {
        return on("alarm").stream()
                .map(alarm -> alarm.properties().getOrDefault("id", "none"))
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        if (client.getState().isConnected()) {
            await(client.disconnect());
        }
    }

    private static void await(CompletableFuture<?> future) {
        try {
            future.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the subscriber failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
