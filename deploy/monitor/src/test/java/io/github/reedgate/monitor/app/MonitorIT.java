package io.github.reedgate.monitor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.github.reedgate.app.ControlSocket;
import io.github.reedgate.monitor.config.MonitorConfig;
import io.github.reedgate.monitor.config.MonitorReader;
import io.github.reedgate.monitor.history.GatewayReport;
import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.monitor.record.Samples;
import io.github.reedgate.monitor.store.Histories;
import io.github.reedgate.monitor.store.HistoryReader;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.FaultyProxy;
import io.github.reedgate.testbroker.TestBroker;
import io.github.reedgate.testbroker.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The monitor as a process of its own, with a real broker, through a line that breaks. */
class MonitorIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int EVENTS = 20_000;
    private static final int GATEWAYS = 3;

    @TempDir
    private @SuppressWarnings("NullAway.Init") Path folder;

    private @SuppressWarnings("NullAway.Init") TestBroker broker;
    private @SuppressWarnings("NullAway.Init") FaultyProxy proxy;
    private @SuppressWarnings("NullAway.Init") MonitorConfig config;
    private @SuppressWarnings("NullAway.Init") Path file;
    private @SuppressWarnings("NullAway.Init") Process monitor;
    private @SuppressWarnings("NullAway.Init") Mqtt5AsyncClient publisher;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.started(BrokerOptions.plain());
        proxy = new FaultyProxy("127.0.0.1", broker.port(Transport.MQTT));
        file = folder.resolve("m.yaml");
        Files.writeString(
                file,
                "monitor:\n  id: main\nstate_dir: state\nbroker:\n  url: mqtt://127.0.0.1:" + proxy.port()
                        + "\n  retry:\n    first: 100ms\n    max: 1s\n");
        config = MonitorReader.read(file);
        publisher = Mqtt5Client.builder()
                .serverHost("127.0.0.1")
                .serverPort(broker.port(Transport.MQTT))
                .buildAsync();
        publisher.connect().get(10, TimeUnit.SECONDS);
        launch();
    }

    @AfterEach
    void stop() throws Exception {
        monitor.destroyForcibly().waitFor();
        publisher.disconnect().get(10, TimeUnit.SECONDS);
        proxy.close();
        broker.close();
    }

    private void launch() throws IOException {
        monitor = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.github.reedgate.monitor.cli.MonitorMain",
                        "run",
                        "-c",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private boolean isConnected() {
        return ControlSocket.isServed(config.stateDir().resolve(ControlSocket.NAME)) && status() == 0;
    }

    private int status() {
        return Commands.run("status", "-c", file.toString()).code();
    }

    private long stored() {
        try (HistoryReader history = Histories.toRead(config)) {
            return history.verify().stream().mapToLong(GatewayReport::present).sum();
        } catch (HistoryException e) {
            return 0;
        }
    }

    private CompletableFuture<?> publish(String topic, String payload) {
        return publisher
                .publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private void publish(int from, int to) throws Exception {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String gateway = "house" + i % GATEWAYS;
            long seq = i / GATEWAYS + 1L;
            sent.add(publish("reedgate/" + gateway + "/event", Samples.json(gateway, seq, gateway + "-" + seq)));
        }
        CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0])).get(30, TimeUnit.SECONDS);
    }

    @Test
    void nothingIsMissingAfterCutsAndKills() throws Exception {
        await("the first connection", this::isConnected);
        int rounds = 8;
        for (int round = 0; round < rounds; round++) {
            int first = round * EVENTS / rounds;
            int last = (round + 1) * EVENTS / rounds;
            publish(first, (first + last) / 2);
            if (round % 2 == 0) {
                proxy.cut();
            } else {
                monitor.destroyForcibly().waitFor();
                launch();
            }
            publish((first + last) / 2, last);
        }
        await("all of it is stored", () -> stored() == EVENTS);

        Commands.Result verified = Commands.run("verify", "-c", file.toString(), "--json");
        assertThat(verified.code()).as(verified.err()).isZero();
        assertThat(verified.out().lines())
                .hasSize(GATEWAYS)
                .allSatisfy(line -> assertThat(line).contains("\"missing\":0").contains("\"conflicts\":0"));
    }

    @Test
    void lostEventIsFoundNamedAndHealed() throws Exception {
        await("the connection", this::isConnected);
        publish(0, 12);
        publish("reedgate/house0/diagnostics/watermark", "7").get(10, TimeUnit.SECONDS);
        publish("reedgate/house1/event", "\u0000 hostile").get(10, TimeUnit.SECONDS);
        await("it is stored", () -> stored() == 12);
        await(
                "the gap is seen",
                () -> Commands.run("verify", "-c", file.toString()).code() == 1);

        Commands.Result gaps = Commands.run("gaps", "-c", file.toString(), "--json");
        assertThat(gaps.out().strip()).isEqualTo("{\"gateway\":\"house0\",\"from\":5,\"to\":7}");

        for (int seq = 5; seq <= 7; seq++) {
            publish("reedgate/house0/event", Samples.json("house0", seq, "house0-" + seq))
                    .get(10, TimeUnit.SECONDS);
        }
        await(
                "the gap is healed",
                () -> Commands.run("verify", "-c", file.toString()).code() == 0);
        assertThat(Commands.run("history", "-c", file.toString(), "--gateway", "house0", "--last", "2")
                        .out())
                .contains("house0")
                .contains("Front door opened")
                .doesNotContain("house1");
    }

    @Test
    void secondMonitorInTheSameFolderIsRefused() throws Exception {
        await("the connection", this::isConnected);

        Commands.Result second = Commands.run("run", "-c", file.toString());

        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err()).contains("is in use by another monitor");
    }

    @Test
    void damagedStateOfTheSupervisionDoesNotStopTheStart() throws Exception {
        await("the connection", this::isConnected);
        monitor.destroyForcibly().waitFor();
        Path state = config.stateDir().resolve("supervision.json");
        Files.write(state, new byte[] {(byte) 0xFF});
        launch();
        await("the next connection", this::isConnected);

        assertThat(config.stateDir().resolve("supervision.json.damaged")).hasBinaryContent(new byte[] {(byte) 0xFF});
        await("it is in the log", () -> Files.readString(folder.resolve("log")).contains(state + " is damaged"));
        Commands.Result ended = Commands.run("acknowledge", "-c", file.toString());
        assertThat(ended.out()).contains("no alarm is open");
        assertThat(ended.code()).isEqualTo(1);
    }
}
