package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.github.reedgate.config.Config;
import io.github.reedgate.config.ConfigReader;
import io.github.reedgate.line.FakeLines;
import io.github.reedgate.line.Level;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.CredentialSource;
import io.github.reedgate.link.HiveMqLink;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import io.github.reedgate.testbroker.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A monitor asks a whole gateway, at a broker, for its log. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogRequestIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String ROOT = "reedgate/logged/";
    private static final String ANSWER = "reedgate-monitor/office/log/logged";

    private final ConcurrentLinkedQueue<Mqtt5Publish> got = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder = Path.of("");

    private Mqtt5BlockingClient monitor(TestBroker broker) {
        Mqtt5BlockingClient client = Mqtt5Client.builder()
                .serverHost("localhost")
                .serverPort(broker.port())
                .buildBlocking();
        client.toAsync().publishes(MqttGlobalPublishFilter.ALL, got::add);
        client.connect();
        client.subscribeWith().topicFilter("#").qos(MqttQos.AT_LEAST_ONCE).send();
        return client;
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private List<Map<String, Object>> on(String topic) throws IOException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Mqtt5Publish each : got) {
            if (each.getTopic().toString().equals(topic)) {
                all.add(JSON.std.mapFrom(new String(each.getPayloadAsBytes(), StandardCharsets.UTF_8)));
            }
        }
        return all;
    }

    private static void ask(Mqtt5BlockingClient monitor, String range, String responseTopic) {
        monitor.publishWith()
                .topic(ROOT + "log/get")
                .qos(MqttQos.AT_LEAST_ONCE)
                .responseTopic(responseTopic)
                .correlationData(new byte[] {0, 7, (byte) 0xff})
                .payload(range.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private GatewayRun start(TestBroker broker, FakeLines lines) throws Exception {
        String text = """
            gateway: {id: logged}
            state_dir: state
            broker: {url: '%s'}
            sensors:
              door: {line: 17}
            """.formatted(broker.url(Transport.MQTT));
        Config config =
                new ConfigReader().read(text, folder.resolve("reedgate.yaml").toString());
        return GatewayRun.start(
                config,
                () -> lines,
                will -> new HiveMqLink(
                        config.broker(),
                        new ClientFactory(config.broker(), new CredentialSource(config.broker(), Map.of())),
                        will));
    }

    private void move(FakeLines lines, int times) throws Exception {
        for (int i = 1; i <= times; i++) {
            int before = on(ROOT + "event").size();
            lines.edge(17, i % 2 == 1 ? Level.HIGH : Level.LOW, System.nanoTime());
            await("a move", () -> on(ROOT + "event").size() > before);
        }
    }

    @Test
    void everyEventComesAgainAndTheEndSaysThatNoneIsMissing() throws Exception {
        try (TestBroker broker = TestBroker.started(BrokerOptions.plain())) {
            Mqtt5BlockingClient monitor = monitor(broker);
            FakeLines lines = new FakeLines();
            GatewayRun run = start(broker, lines);
            try {
                await("the start", () -> !on(ROOT + "event").isEmpty());
                move(lines, 6);
                List<Map<String, Object>> live = on(ROOT + "event");
                int newest = ((Number) live.get(live.size() - 1).getOrDefault("seq", 0)).intValue();

                ask(monitor, "{\"from\":1,\"to\":900}", ROOT + "panel/set");
                await("the refusal", () -> on(ROOT + "event").toString().contains("foreign_response_topic"));
                ask(monitor, "{\"from\":1,\"to\":" + newest + "}", ANSWER);
                await("the end", () -> on(ANSWER).toString().contains("end="));

                List<Map<String, Object>> answer = on(ANSWER);
                assertThat(answer.remove(answer.size() - 1))
                        .isEqualTo(Map.of("from", 1, "to", newest, "missing", List.of(), "end", true));
                assertThat(answer)
                        .hasSameSizeAs(live)
                        .allSatisfy(event -> assertThat(event).containsEntry("replayed", true));
                live.forEach(event -> event.put("replayed", true));
                assertThat(answer).isEqualTo(live);
                assertThat(on(ROOT + "panel/set")).isEmpty();
                for (Mqtt5Publish each : got) {
                    if (each.getTopic().toString().equals(ANSWER)) {
                        byte[] data = new byte[3];
                        each.getCorrelationData().orElseThrow().get(data);
                        assertThat(data).containsExactly(0, 7, 0xff);
                        assertThat(each.isRetain()).isFalse();
                        assertThat(each.getQos()).isEqualTo(MqttQos.AT_LEAST_ONCE);
                    }
                }
            } finally {
                assertThat(run.stop(LIMIT)).isTrue();
                monitor.disconnect();
            }
        }
    }

    @Test
    void requestsAtOnceAreAnsweredOneAfterTheOtherAndTheSixthIsRefused() throws Exception {
        try (TestBroker broker = TestBroker.started(BrokerOptions.plain())) {
            Mqtt5BlockingClient monitor = monitor(broker);
            FakeLines lines = new FakeLines();
            GatewayRun run = start(broker, lines);
            try {
                await("the start", () -> !on(ROOT + "event").isEmpty());
                move(lines, 20);
                // as many as may wait for the loop: one more might get no answer
                for (int i = 0; i < InputQueue.MOST_REQUESTS; i++) {
                    ask(monitor, "{\"from\":1,\"to\":15}", ANSWER);
                }
                await(
                        "all ends",
                        () -> on(ANSWER).stream()
                                        .filter(line -> line.containsKey("end"))
                                        .count()
                                == InputQueue.MOST_REQUESTS);
                List<Map<String, Object>> answer = on(ANSWER);
                long busy = answer.stream()
                        .filter(line -> "busy".equals(line.get("error")))
                        .count();
                assertThat(busy).isBetween(1L, 3L);
                assertThat(answer.stream().filter(line -> line.containsKey("seq")))
                        .hasSize((int) (InputQueue.MOST_REQUESTS - busy) * 15);
                List<Object> numbers = answer.stream()
                        .filter(line -> line.containsKey("seq"))
                        .map(line -> line.get("seq"))
                        .toList();
                for (int i = 0; i < numbers.size(); i++) {
                    assertThat(numbers.get(i)).isEqualTo(i % 15 + 1);
                }
            } finally {
                assertThat(run.stop(LIMIT)).isTrue();
                monitor.disconnect();
            }
        }
    }
}
