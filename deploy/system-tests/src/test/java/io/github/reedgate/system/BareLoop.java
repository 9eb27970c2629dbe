package io.github.reedgate.system;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that does nothing but publish with the library the gateway uses: QoS 1, so many messages unacknowledged as the
 * gateway allows itself, each as large as an event. What it reaches is as fast as a backlog can go.
 */
final class BareLoop {

    private static final int WINDOW = 64;

    private BareLoop() {}

    /** Arguments: the broker's port, and how many messages. */
    public static void main(String[] arguments) throws InterruptedException {
        int count = Integer.parseInt(arguments[1]);
        Mqtt5AsyncClient client = Mqtt5Client.builder()
                .identifier("bare-loop")
                .serverHost("localhost")
                .serverPort(Integer.parseInt(arguments[0]))
                .buildAsync();
        client.toBlocking().connect();
        Semaphore window = new Semaphore(WINDOW);
        AtomicInteger failed = new AtomicInteger();
        for (int seq = 1; seq <= count; seq++) {
            window.acquire();
            var unused = publish(client, seq).whenComplete((result, failure) -> {
                failed.addAndGet(failure == null ? 0 : 1);
                window.release();
            });
        }
        window.acquire(WINDOW);
        client.toBlocking().disconnect();
        System.exit(failed.get() == 0 ? 0 : 1);
    }

    private static java.util.concurrent.CompletableFuture<?> publish(Mqtt5AsyncClient client, int seq) {
        String id = "01a00000-0000-7000-8000-" + (100_000_000_000L + seq);
        String time = "2026-11-22T21:14:03.120Z";
        String payload = "{\"event_type\":\"opened\",\"id\":\"" + id + "\",\"seq\":" + seq
                + ",\"boot\":1,\"gateway\":\"home\",\"sensor\":\"door_11\",\"name\":\"Door 11\",\"state\":\"open\",\"time\":\""
                + time + "\",\"clock_synced\":true,\"uptime_ms\":86400123,\"replayed\":true,\"incident_id\":null,"
                + "\"message\":\"Door 11 opened\"}";
        return client.publishWith()
                .topic("reedgate/home/event")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .contentType("application/json")
                .userProperties()
                .add("event_type", "opened")
                .add("id", id)
                .add("seq", Integer.toString(seq))
                .add("time", time)
                .add("replayed", "true")
                .applyUserProperties()
                .send();
    }
}
