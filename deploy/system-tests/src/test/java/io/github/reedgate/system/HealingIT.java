package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that the broker never delivered: the real monitor asks the real gateway for them. */
final class HealingIT {

    private static final Path LAUNCHER = Path.of(
                    System.getProperty("reedgate.monitor.home", "../monitor/target/reedgate-monitor"))
            .toAbsolutePath()
            .normalize()
            .resolve("bin/reedgate-monitor");

    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

    @TempDir
    private Path folder = Path.of("");

    private final TestBroker broker = TestBroker.create(BrokerOptions.plain());
    private @Nullable Process monitor;

    @BeforeEach
    void begin() throws IOException {
        broker.start();
        Files.writeString(
                folder.resolve("monitor.yaml"),
                "monitor:\n  id: main\nstate_dir: " + folder.resolve("monitor") + "\nbroker:\n  url: mqtt://localhost:"
                        + broker.port() + "\n  retry:\n    first: 100ms\n    max: 1s\n");
    }

    @AfterEach
    void end() throws Exception {
        killMonitor();
        broker.close();
    }

    private void startMonitor() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        LAUNCHER.toString(),
                        "run",
                        "-c",
                        folder.resolve("monitor.yaml").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("monitor.log").toFile()));
        Installation.useThisJava(builder.environment());
        monitor = builder.start();
        awaits("the monitor is connected", () -> command("status").code() == 0);
    }

    private void killMonitor() throws InterruptedException {
        Process running = monitor;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    /** The broker forgets the monitor: what gateways publish from now on never comes to it. */
    private void dropSession() {
        Mqtt5BlockingClient thief = Mqtt5Client.builder()
                .identifier("reedgate-monitor-main")
                .serverHost("localhost")
                .serverPort(broker.port())
                .buildBlocking();
        thief.connectWith().cleanStart(true).sessionExpiryInterval(0).send();
        thief.disconnect();
    }

    private Installation.Ended command(String... words) {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("-c", folder.resolve("monitor.yaml").toString()));
        return Installation.run(command, Map.of());
    }

    private void awaits(String what, BooleanSupplier condition) {
        try {
            Waiting.until(what, Duration.ofSeconds(90), condition);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\n" + log() + command("status").out(), e);
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("monitor.log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void move(RunningGateway gateway, Subscriber phone, int times) {
        for (int i = 0; i < times; i++) {
            String state = i % 2 == 0 ? "open" : "close";
            gateway.succeeds("sim", state, "front_door");
            phone.awaitLast("front_door/state", i % 2 == 0 ? "open" : "closed");
        }
    }

    private List<String> stored() {
        return ID.matcher(command("history", "--json", "--last", "1000").out())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Set<String> ids(List<Map<String, Object>> events) {
        return events.stream().map(event -> String.valueOf(event.get("id"))).collect(Collectors.toSet());
    }

    @Test
    void eventsThatTheBrokerDroppedWhileTheMonitorWasAwayAreHealedOnceTheGatewayIsBack() throws Exception {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = RunningGateway.configured(folder, Yaml.frontDoor(broker.port()))) {
            startMonitor();
            // of a gateway that is new to it, it records what comes behind the watermark
            awaits("the monitor is connected", () -> command("status").code() == 0);
            gateway.start();
            phone.awaitLast("front_door/state", "closed");
            move(gateway, phone, 2);
            awaits(
                    "the first events are stored",
                    () -> command("history", "--json").out().lines().count() >= 2);
            killMonitor();
            dropSession();
            move(gateway, phone, 6);
            gateway.terminate();
            startMonitor();

            awaits("the gap is known", () -> command("verify").code() == 1);
            assertThat(command("gaps").code()).isEqualTo(1);
            gateway.start();
            awaits("nothing is missing", () -> command("verify").code() == 0);

            awaits("all that the phone saw is stored", () -> stored().containsAll(ids(phone.events())));
            List<String> stored = stored();
            assertThat(stored).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(8);
            Installation.Ended verified = command("verify", "--json");
            System.out.println("healed: " + verified.out().strip());
            assertThat(verified.out()).contains("\"missing\":0,\"gone\":0,\"conflicts\":0");
            assertThat(command("status").out()).containsPattern(" healed [1-9]");
        }
    }
}
