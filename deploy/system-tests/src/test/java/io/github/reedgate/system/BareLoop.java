package io.github.reedgate.system;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.github.reedgate.delivery.Room;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process that does nothing but publish with the library the gateway uses: QoS 1, as many messages unacknowledged as the
 * gateway allows a backlog, each with the payload and the properties of an event of {@link BacklogWriter}. What it reaches is
 * as fast as a backlog can go. Like the gateway it says {@code online} first, and at the end, when all is acknowledged, what
 * the last number was; so the same stopwatch measures both.
 */
final class BareLoop {

    private static final String ROOT = "reedgate/home/";

    private BareLoop() {}

    /** Arguments: the broker's port, and how many messages. */
    public static void main(String[] arguments) throws InterruptedException {
        int count = Integer.parseInt(arguments[1]);
        Mqtt5AsyncClient client = Mqtt5Client.builder()
                .identifier("bare-loop")
                .serverHost("localhost")
                .serverPort(Integer.parseInt(arguments[0]))
                .executorConfig()
                .nettyThreads(1)
                .applyExecutorConfig()
                .buildAsync();
        Mqtt5ConnAck connected = client.toBlocking().connect();
        int room = Room.of(connected.getRestrictions().getReceiveMaximum()).inTurn();
        client.publish(retained("availability", "online")).join();
        Semaphore window = new Semaphore(room);
        AtomicInteger failed = new AtomicInteger();
        for (int seq = 1; seq <= count; seq++) {
            window.acquire();
            CompletableFuture<?> unused = client.publish(event(seq)).whenComplete((result, failure) -> {
                failed.addAndGet(failure == null ? 0 : 1);
                window.release();
            });
        }
        window.acquire(room);
        client.publish(retained("diagnostics/watermark", Integer.toString(count)))
                .join();
        client.toBlocking().disconnect();
        System.exit(failed.get() == 0 ? 0 : 1);
    }

    private static Mqtt5Publish retained(String topic, String text) {
        return Mqtt5Publish.builder()
                .topic(ROOT + topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .payload(text.getBytes(StandardCharsets.UTF_8))
                .build();
    }

    private static Mqtt5Publish event(int seq) {
        String id = "01a00000-0000-7000-8000-" + (100_000_000_000L + seq);
        String time = "2026-11-22T21:14:03.120Z";
        String payload = "{\"event_type\":\"opened\",\"id\":\"" + id + "\",\"seq\":" + seq
                + ",\"boot\":1,\"gateway\":\"home\",\"sensor\":\"door_11\",\"name\":\"Door"
                + " 11\",\"state\":\"open\",\"time\":\""
                + time + "\",\"clock_synced\":true,\"uptime_ms\":86400123,\"replayed\":true,\"incident_id\":null,"
                + "\"message\":\"Door 11 opened\"}";
        return Mqtt5Publish.builder()
                .topic(ROOT + "event")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8)
                .contentType("application/json")
                .userProperties()
                .add("event_type", "opened")
                .add("id", id)
                .add("replayed", "true")
                .add("seq", Integer.toString(seq))
                .add("time", time)
                .applyUserProperties()
                .build();
    }
}
