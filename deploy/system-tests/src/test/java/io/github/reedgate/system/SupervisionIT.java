package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.sun.net.httpserver.HttpServer;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alarm that the monitor raises when a real gateway falls silent at the wrong moment, and the ones that it doesn't raise. */
final class SupervisionIT {

    private static final Path LAUNCHER = Path.of(
                    System.getProperty("reedgate.monitor.home", "../monitor/target/reedgate-monitor"))
            .toAbsolutePath()
            .normalize()
            .resolve("bin/reedgate-monitor");
    private static final String PANEL = "alarm:\n  away:\n    exit_delay: 0s\n    entry_delay: 10s\n";

    @TempDir
    private Path folder = Path.of("");

    private final TestBroker broker = TestBroker.create(BrokerOptions.plain());
    private final Webhook webhook = new Webhook(Webhook.Mood.TAKES);
    private final HttpServer watchman = watchman();
    private final AtomicInteger pings = new AtomicInteger();
    private final List<Said> said = new CopyOnWriteArrayList<>();
    private @Nullable Mqtt5AsyncClient ears;
    private @Nullable Process monitor;

    private record Said(String topic, String payload, Instant at) {}

    private HttpServer watchman() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/secret", exchange -> {
                pings.incrementAndGet();
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void begin() throws Exception {
        broker.start();
        Mqtt5AsyncClient client = Mqtt5Client.builder()
                .identifier("ears")
                .serverHost("localhost")
                .serverPort(broker.port())
                .buildAsync();
        ears = client;
        client.publishes(MqttGlobalPublishFilter.ALL, this::hear);
        client.connect().get(10, TimeUnit.SECONDS);
        client.subscribeWith()
                .topicFilter("reedgate-monitor/#")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .get(10, TimeUnit.SECONDS);
        startMonitor();
    }

    private void hear(Mqtt5Publish publish) {
        String text = new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8);
        said.add(new Said(publish.getTopic().toString(), text, Instant.now()));
    }

    @AfterEach
    void end() throws Exception {
        killMonitor();
        watchman.stop(0);
        webhook.close();
        if (ears != null) {
            ears.disconnect().get(10, TimeUnit.SECONDS);
        }
        broker.close();
    }

    private void startMonitor() throws IOException {
        Path file = folder.resolve("monitor.yaml");
        Files.writeString(
                file,
                "monitor:\n  id: main\nstate_dir: " + folder.resolve("monitor") + "\nbroker:\n  url: mqtt://localhost:"
                        + broker.port() + "\nsupervision:\n  armed: 5s\n  returning: 5s\n"
                        + "ping:\n  url: http://127.0.0.1:"
                        + watchman.getAddress().getPort() + "/secret\n"
                        + "notify:\n  hook:\n    type: webhook\n    url: " + webhook.url() + "\n");
        ProcessBuilder builder = new ProcessBuilder(LAUNCHER.toString(), "run", "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("monitor.log").toFile()));
        Installation.useThisJava(builder.environment());
        int before = on("availability").size();
        Process started = builder.start();
        monitor = started;
        Waiting.until("the monitor is connected", Duration.ofMinutes(1), () -> {
            assertThat(started.isAlive()).as("the monitor runs").isTrue();
            List<String> all = payloads("availability");
            return all.size() > before && all.get(all.size() - 1).equals("online");
        });
    }

    private void killMonitor() throws InterruptedException {
        Process running = monitor;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    private List<Said> on(String topic) {
        return said.stream()
                .filter(each -> each.topic().equals("reedgate-monitor/main/" + topic))
                .toList();
    }

    private List<String> payloads(String topic) {
        return on(topic).stream().map(Said::payload).toList();
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("monitor.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void awaits(String what, BooleanSupplier condition) {
        try {
            Waiting.until(what, Duration.ofSeconds(40), condition);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + said + "\n" + log(), e);
        }
    }

    private String supervision() {
        try {
            return Files.readString(folder.resolve("monitor/supervision.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitState(String word) {
        awaits("the gateway's state is " + word, () -> {
            List<String> all = payloads("home/state");
            return !all.isEmpty() && all.get(all.size() - 1).equals(word);
        });
    }

    private void armed(Subscriber phone, RunningGateway gateway) {
        phone.awaitLast("panel/state", "disarmed");
        phone.awaitLast("front_door/state", "closed");
        gateway.succeeds("arm", "away");
        phone.awaitLast("panel/state", "armed_away");
        awaitState("ok");
    }

    @Test
    void sigkillDuringTheEntryDelayBringsTheAlarmFromTheMonitorAtTheDeadline() throws Exception {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = RunningGateway.started(folder, PANEL + Yaml.frontDoor(broker.port()))) {
            armed(phone, gateway);
            Waiting.during(Duration.ofSeconds(6)); // the monitor learns for so long
            gateway.succeeds("sim", "open", "front_door");
            phone.awaitLast("panel/state", "pending");
            Waiting.until("the deadline", () -> detail(phone, "deadline") != null);
            Instant deadline = Instant.parse(String.valueOf(detail(phone, "deadline")));
            String incident = String.valueOf(detail(phone, "incident_id"));
            gateway.kill();

            awaits("the alarm", () -> !on("alarm").isEmpty());
            Said alarm = on("alarm").get(0);
            System.out.println("SIGKILL in the entry delay: alarm "
                    + Duration.between(deadline, alarm.at()).toMillis() + " ms after the deadline with "
                    + broker.name());
            assertThat(alarm.payload())
                    .startsWith("Gateway home fell silent during the entry delay that began with Front door, ");
            assertThat(alarm.at()).isBetween(deadline, deadline.plusSeconds(5));
            Waiting.until("the event", () -> payloads("event").stream().anyMatch(it -> it.contains("silence_alarm")));
            assertThat(payloads("event")).anyMatch(it -> it.contains(incident) && it.contains("silence_alarm"));
            awaitState("silent");
            awaits(
                    "the webhook is told",
                    () -> webhook.calls().stream()
                            .anyMatch(call -> "silence_alarm".equals(call.json().get("monitor_event"))));
            awaits("the watchman is called", () -> pings.get() > 0);
            awaits(
                    "the monitor has stored that the alarm arrived",
                    () -> !supervision().contains("SILENCE_ALARM"));

            killMonitor();
            startMonitor();
            awaitState("silent");
            Waiting.during(Duration.ofSeconds(12));
            assertThat(on("alarm"))
                    .as("alarm lines after a restart of the monitor")
                    .hasSize(1);

            String config = folder.resolve("monitor.yaml").toString();
            Installation.Ended ended =
                    Installation.run(List.of(LAUNCHER.toString(), "acknowledge", "-c", config), Map.of());
            assertThat(ended.out().strip()).as(ended.err()).isEqualTo("home");
            awaits(
                    "it is acknowledged",
                    () -> payloads("event").stream().anyMatch(it -> it.contains("acknowledged by operator")));
        }
    }

    @Test
    void aRestartWhileArmedRaisesNoAlarmAndACrashDoes() {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = RunningGateway.started(folder, PANEL + Yaml.frontDoor(broker.port()))) {
            armed(phone, gateway);
            Waiting.during(Duration.ofSeconds(6)); // the monitor learns for so long
            gateway.terminate();
            awaitState("stopped");
            Waiting.during(Duration.ofSeconds(8)); // longer than the threshold
            gateway.start();
            awaitState("ok");
            phone.awaitLast("panel/state", "armed_away");
            assertThat(on("alarm")).isEmpty();

            gateway.kill();
            awaits("the alarm", () -> !on("alarm").isEmpty());
            assertThat(payloads("alarm").get(0)).startsWith("Gateway home is silent while it is armed, ");
        }
    }

    private static @Nullable Object detail(Subscriber phone, String field) {
        List<Arrival> all = new ArrayList<>(phone.on("panel/detail"));
        return all.isEmpty() ? null : all.get(all.size() - 1).json().get(field);
    }
}
