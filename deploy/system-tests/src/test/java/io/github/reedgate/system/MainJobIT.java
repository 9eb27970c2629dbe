package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A door moves, and somebody else on the broker knows: what the gateway is for. */
final class MainJobIT {

    @TempDir
    private Path folder = Path.of("");

    private final TestBroker broker = TestBroker.create(BrokerOptions.plain());

    @BeforeEach
    void startBroker() {
        broker.start();
    }

    @AfterEach
    void endBroker() {
        broker.close();
    }

    @Test
    void openingIsRetainedToldAndRaisesOneAlarm() {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = RunningGateway.started(folder, Yaml.frontDoor(broker.port()))) {
            phone.awaitLast("availability", "online");
            phone.awaitLast("front_door/state", "closed");
            // events leave once the broker has said what it remembers; an alarm line that leaves before has no number
            Waiting.until("the start", () -> !phone.events("started").isEmpty());

            gateway.succeeds("sim", "open", "front_door");

            Waiting.until("an alarm", () -> !phone.on("alarm").isEmpty());
            phone.awaitLast("front_door/state", "open");
            Waiting.until("an event", () -> !phone.events("opened").isEmpty());
            Map<String, Object> opened = phone.events("opened").get(0);
            Arrival alarm = phone.on("alarm").get(0);
            assertThat(alarm.payload()).startsWith("Front door opened");
            assertThat(alarm.contentType()).startsWith("text/plain");
            assertThat(alarm.properties()).containsEntry("id", String.valueOf(opened.get("id")));
            assertThat(alarm.properties()).containsEntry("seq", String.valueOf(opened.get("seq")));
            assertThat(opened)
                    .containsEntry("sensor", "front_door")
                    .containsEntry("state", "open")
                    .containsEntry("gateway", "home")
                    .containsEntry("replayed", false);
            assertThat(retained("front_door/state")).isEqualTo("open");

            gateway.succeeds("sim", "close", "front_door");

            phone.awaitLast("front_door/state", "closed");
            Waiting.until("the closing", () -> !phone.events("closed").isEmpty());
            assertThat(retained("front_door/state")).isEqualTo("closed");
            assertThat(phone.alarmIds()).containsExactly(String.valueOf(opened.get("id")));
        }
    }

    /** Somebody else's server notices when the gateway is gone, and the gateway when that server is. */
    @Test
    void urlIsCalledWhileAllIsWellAndAFailureIsAnEvent() throws IOException {
        HttpServer watchman = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AtomicInteger calls = new AtomicInteger();
        watchman.createContext("/secret", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        watchman.start();
        String ping = "ping:\n  url: http://localhost:" + watchman.getAddress().getPort() + "/secret\n";
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = RunningGateway.started(folder, ping + Yaml.frontDoor(broker.port()))) {
            Waiting.until(
                    "the failure is an event",
                    () -> !phone.events("ping_failed").isEmpty());
            gateway.succeeds("status");
            assertThat(calls).hasPositiveValue();
            assertThat(String.valueOf(phone.events("ping_failed").get(0).get("message")))
                    .contains("status 503")
                    .doesNotContain("secret");
        } finally {
            watchman.stop(0);
        }
    }

    @Test
    void movesDuringAnOutageArriveInOrderWithoutGap() {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = RunningGateway.started(folder, Yaml.frontDoor(broker.port()))) {
            phone.awaitLast("front_door/state", "closed");
            broker.stop();
            gateway.plays("""
                    repeat 10 every 1s
                      open front_door
                      after 500ms close front_door
                    end
                    after 1s open front_door
                    """);
            broker.start();

            Waiting.until("the backlog", () -> phone.events("opened", "closed").size() >= 21);

            assertThat(phone.events("opened", "closed"))
                    .extracting(event -> event.get("event_type"))
                    .containsExactlyElementsOf(IntStream.range(0, 21)
                            .mapToObj(i -> i % 2 == 0 ? "opened" : "closed")
                            .toList());
            assertNumberedWithoutGap(phone.events());
            assertThat(phone.events("opened")).allMatch(event -> Boolean.TRUE.equals(event.get("replayed")));
            assertThat(phone.alarmIds())
                    .containsExactlyElementsOf(phone.events("opened").stream()
                            .map(event -> String.valueOf(event.get("id")))
                            .toList());
            phone.awaitLast("front_door/state", "open");
            assertThat(retained("front_door/state")).isEqualTo("open");
            assertThat(retained("availability")).isEqualTo("online");
        }
    }

    @Test
    void interferenceRaisesNoAlarmButIsTold() {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = RunningGateway.started(folder, Yaml.patient(Yaml.frontDoor(broker.port())))) {
            phone.awaitLast("front_door/state", "closed");

            gateway.succeeds("sim", "bounce", "front_door", "emi");

            Waiting.until("a glitch", () -> !phone.events("glitch").isEmpty());
            gateway.succeeds("sim", "open", "front_door");
            Waiting.until("the opening", () -> !phone.events("opened").isEmpty());
            Waiting.until("its alarm", () -> !phone.on("alarm").isEmpty());
            assertThat(phone.on("alarm")).hasSize(1);
        }
    }

    @Test
    void sixteenSensorsMoveAtOnce() {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = RunningGateway.started(folder, Yaml.patient(Yaml.doors(broker.port(), 16)))) {
            List<String> doors =
                    IntStream.range(0, 16).mapToObj(i -> "door_" + i).toList();
            doors.forEach(door -> phone.awaitLast(door + "/state", "closed"));
            StringBuilder scenario = new StringBuilder();
            doors.forEach(door -> scenario.append("open ").append(door).append(" with clean\n"));
            doors.forEach(door -> scenario.append(door.equals("door_0") ? "after 1s " : "")
                    .append("close ")
                    .append(door)
                    .append(" with clean\n"));

            gateway.plays(scenario.toString());

            Waiting.until("all moves", () -> phone.events("opened", "closed").size() >= 32);
            doors.forEach(door -> phone.awaitLast(door + "/state", "closed"));
            assertThat(phone.events("opened"))
                    .extracting(event -> event.get("sensor"))
                    .hasSize(16)
                    .containsAll(doors);
            assertThat(phone.events("closed"))
                    .extracting(event -> event.get("sensor"))
                    .hasSize(16)
                    .containsAll(doors);
            assertNumberedWithoutGap(phone.events());
            Waiting.until("all alarms", () -> phone.alarmIds().size() == 16);
        }
    }

    @Test
    void testAlarmIsAcknowledgedByTheBroker() {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone");
                RunningGateway gateway = RunningGateway.started(folder, Yaml.frontDoor(broker.port()))) {
            phone.awaitLast("availability", "online");

            String told = gateway.succeeds("test-alarm");

            assertThat(told).contains("acknowledged");
            Waiting.until("the alarm", () -> phone.on("alarm").size() == 1);
            Waiting.until("the event", () -> phone.events("test").size() == 1);
            assertThat(phone.alarmIds())
                    .containsExactly(String.valueOf(phone.events("test").get(0).get("id")));
        }
    }

    private String retained(String topic) {
        try (Subscriber stranger = Subscriber.connected(broker.port(), "stranger-" + System.nanoTime())) {
            Waiting.until(
                    "a retained " + topic, () -> stranger.on(topic).stream().anyMatch(Arrival::retained));
            return stranger.on(topic).get(0).payload();
        }
    }

    private static void assertNumberedWithoutGap(List<Map<String, Object>> events) {
        List<Long> numbers = events.stream()
                .map(event -> ((Number) event.getOrDefault("seq", -1)).longValue())
                .toList();
        long first = Collections.min(numbers);
        assertThat(numbers)
                .containsExactlyElementsOf(
                        LongStream.range(first, first + numbers.size()).boxed().toList());
    }
}
