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
import io.github.reedgate.store.EventLog;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import io.github.reedgate.testbroker.Transport;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
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

/** A whole gateway at a broker that takes no packet above 700 bytes, and says so. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SmallPacketsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String DESCRIPTION = "homeassistant/device/reedgate_small/config";

    private final ConcurrentLinkedQueue<Mqtt5Publish> got = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder = Path.of("");

    private Mqtt5BlockingClient listen(TestBroker broker) {
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

    private List<String> payloads(String topic) {
        return got.stream()
                .filter(each -> each.getTopic().toString().equals(topic))
                .map(each -> new String(each.getPayloadAsBytes(), StandardCharsets.UTF_8))
                .toList();
    }

    private List<Map<String, Object>> events(String type) throws IOException {
        List<Map<String, Object>> events = new ArrayList<>();
        for (String each : payloads("reedgate/small/event")) {
            Map<String, Object> event = JSON.std.mapFrom(each);
            if (type.equals(event.get("event_type"))) {
                events.add(event);
            }
        }
        return events;
    }

    private String note(String key) throws Exception {
        try (EventLog log = EventLog.open(folder.resolve("state"))) {
            return log.backlog().notes().getOrDefault(key, "");
        }
    }

    private String status() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("state/control.sock"));
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(address);
            client.write(ByteBuffer.wrap("status\n".getBytes(StandardCharsets.UTF_8)));
            client.shutdownOutput();
            return new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void whatIsTooLargeIsSetAsideToldCountedAndListedAndAllElseArrives() throws Exception {
        try (TestBroker broker = TestBroker.started(BrokerOptions.plain().withMaximumPacketBytes(700))) {
            Mqtt5BlockingClient phone = listen(broker);
            String text = """
                    gateway: {id: small}
                    state_dir: state
                    broker: {url: '%s'}
                    homeassistant: {discovery: {enabled: true}}
                    sensors:
                      door: {line: 17}
                    """.formatted(broker.url(Transport.MQTT)) + windows(12);
            Config config = new ConfigReader()
                    .read(text, folder.resolve("reedgate.yaml").toString());
            FakeLines lines = new FakeLines();
            GatewayRun run = GatewayRun.start(
                    config,
                    () -> lines,
                    will -> new HiveMqLink(
                            config.broker(),
                            new ClientFactory(config.broker(), new CredentialSource(config.broker(), Map.of())),
                            will));
            try {
                await("a state", () -> payloads("reedgate/small/door/state").contains("closed"));
                lines.edge(17, Level.HIGH, System.nanoTime());
                await("the alarm line", () -> !payloads("reedgate/small/alarm").isEmpty());
                await(
                        "the open door's state",
                        () -> payloads("reedgate/small/door/state").contains("open"));
                await("both set aside", () -> setAside().containsAll(List.of("reedgate/small/event", DESCRIPTION)));
                await(
                        "the event behind the one that was set aside",
                        () -> !events("opened").isEmpty());

                assertThat(events("started")).isEmpty();
                assertThat(payloads(DESCRIPTION)).isEmpty();
                assertThat(status())
                        .contains("\"set_aside\":[{\"time\":", "\"topic\":\"" + DESCRIPTION + "\"")
                        .contains("set homeassistant.discovery.format: component");
                await("a count", () -> Integer.parseInt("0" + note("set_aside")) >= 2);
                assertThat(note("set_aside_list")).contains(DESCRIPTION, "\"why\":\"too_large\"", "\"seq\":\"1\"");
            } finally {
                assertThat(run.stop(LIMIT)).isTrue();
                phone.disconnect();
            }
        }
    }

    /** So many sensors that the event about the start is too large. */
    private static String windows(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            text.append("  window_of_room_")
                    .append(i)
                    .append(": {line: ")
                    .append(i)
                    .append("}\n");
        }
        return text.toString();
    }

    private List<String> setAside() throws IOException {
        return events("set_aside").stream()
                .map(event -> String.valueOf(event.get("topic")))
                .toList();
    }
}
