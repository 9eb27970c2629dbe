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
import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.link.ClientFactory;
import io.github.reedgate.link.CredentialSource;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.link.HiveMqLink;
import io.github.reedgate.message.Message;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import io.github.reedgate.testbroker.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole gateways whose state folder is put back, lost or copied: no number ever comes with two contents. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NumbersIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final TestBroker BROKER = TestBroker.create(BrokerOptions.plain());

    private final ConcurrentLinkedQueue<Mqtt5Publish> got = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void startBroker() {
        BROKER.start();
    }

    @AfterAll
    static void closeBroker() {
        BROKER.close();
    }

    private Config config(String id, String state) throws Exception {
        String text = """
            gateway: {id: %s}
            state_dir: %s
            broker: {url: '%s'}
            sensors: {door: {line: 17}}
            """.formatted(id, state, BROKER.url(Transport.MQTT));
        return new ConfigReader().read(text, folder.resolve("reedgate.yaml").toString());
    }

    /** A run of a gateway in which its door opens and closes. */
    private final class Run {

        private final String id;
        private final FakeLines lines = new FakeLines();
        private final GatewayRun run;

        Run(String id, String state, boolean connected) throws Exception {
            this.id = id;
            Config config = config(id, state);
            Function<Message, BrokerLink> links = will ->
                    connected ? new HiveMqLink(config.broker(), clients(config.broker()), will) : new FakeLink();
            this.run = GatewayRun.start(config, () -> lines, links);
            if (connected) {
                await("a start", () -> count(id, "started") > 0);
            }
        }

        void move() throws Exception {
            for (Level level : List.of(Level.HIGH, Level.LOW)) {
                long before = count(id, level == Level.HIGH ? "opened" : "closed");
                lines.edge(17, level, System.nanoTime());
                await("a move", () -> count(id, level == Level.HIGH ? "opened" : "closed") > before);
            }
        }

        /** The same without a broker; the log tells that it was seen. */
        void moveUnseen(long starts) throws Exception {
            await("a start in the log", () -> logged("started") == starts);
            for (Level level : List.of(Level.HIGH, Level.LOW)) {
                String type = level == Level.HIGH ? "opened" : "closed";
                long before = logged(type);
                lines.edge(17, level, System.nanoTime());
                await("a move in the log", () -> logged(type) > before);
            }
        }

        void stop() throws Exception {
            assertThat(run.stop(LIMIT)).isTrue();
        }
    }

    private static ClientFactory clients(BrokerSettings broker) {
        return new ClientFactory(broker, new CredentialSource(broker, Map.of()));
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private long logged(String type) throws Exception {
        try (Connection open = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state/reedgate.db"));
                PreparedStatement query = open.prepareStatement("SELECT count(*) FROM event WHERE type = ?")) {
            query.setString(1, type);
            try (ResultSet row = query.executeQuery()) {
                return row.getLong(1);
            }
        }
    }

    private Mqtt5BlockingClient listen(String id) {
        Mqtt5BlockingClient client = Mqtt5Client.builder()
                .serverHost("localhost")
                .serverPort(BROKER.port())
                .buildBlocking();
        client.toAsync().publishes(MqttGlobalPublishFilter.ALL, got::add);
        client.connect();
        client.subscribeWith()
                .topicFilter("reedgate/" + id + "/#")
                .qos(MqttQos.AT_LEAST_ONCE)
                .send();
        return client;
    }

    private List<Map<String, Object>> events(String id) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (Mqtt5Publish each : got) {
            if (each.getTopic().toString().equals("reedgate/" + id + "/event")) {
                try {
                    events.add(JSON.std.mapFrom(new String(each.getPayloadAsBytes(), StandardCharsets.UTF_8)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return events;
    }

    private long count(String id, String type) {
        return events(id).stream()
                .filter(event -> type.equals(event.get("event_type")))
                .count();
    }

    private List<Object> reasons(String id) {
        return events(id).stream()
                .filter(event -> "numbers_skipped".equals(event.get("event_type")))
                .map(event -> event.getOrDefault("reason", "none"))
                .toList();
    }

    /** No number of an event or alarm line stands for two ids, and no id for two numbers. */
    private void noNumberIsUsedTwice(String id) {
        Map<String, String> ids = new HashMap<>();
        Map<String, String> numbers = new HashMap<>();
        List<String> twice = new ArrayList<>();
        for (Mqtt5Publish each : got) {
            Map<String, String> properties = new HashMap<>();
            each.getUserProperties()
                    .asList()
                    .forEach(one -> properties.put(
                            one.getName().toString(), one.getValue().toString()));
            String seq = properties.get("seq");
            String event = properties.getOrDefault("id", "none");
            if (seq != null) {
                String before = ids.putIfAbsent(seq, event);
                String other = numbers.putIfAbsent(event, seq);
                if ((before != null && !before.equals(event)) || (other != null && !other.equals(seq))) {
                    twice.add(seq + " of " + event + " in " + each.getTopic() + " was " + before + ", " + other);
                }
            }
        }
        assertThat(twice).as(id).isEmpty();
        assertThat(ids).isNotEmpty();
    }

    private void copy(String from, String to) throws IOException {
        Path source = folder.resolve(from);
        try (Stream<Path> all = Files.walk(source)) {
            for (Path each : all.sorted().toList()) {
                if (!each.toString().endsWith(".sock")) {
                    Files.copy(
                            each,
                            folder.resolve(to).resolve(source.relativize(each).toString()));
                }
            }
        }
    }

    private void remove(String name) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(name))) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private void run(String id, String state, int moves) throws Exception {
        long starts = count(id, "started");
        Run run = new Run(id, state, true);
        await("a start", () -> count(id, "started") > starts);
        for (int i = 0; i < moves; i++) {
            run.move();
        }
        run.stop();
    }

    @Test
    void olderStateFolderThatIsPutBackBringsNoNumberBack() throws Exception {
        Mqtt5BlockingClient phone = listen("back");
        run("back", "state", 1);
        copy("state", "old");
        run("back", "state", 5);
        remove("state");
        copy("old", "state");
        run("back", "state", 3);
        assertThat(reasons("back")).containsExactly("restored");
        run("back", "state", 1);
        phone.disconnect();
        noNumberIsUsedTwice("back");
        assertThat(reasons("back")).containsExactly("restored");
    }

    @Test
    void whatAPutBackFolderNumberedInSeveralRunsWithoutABrokerIsNumberedAnew() throws Exception {
        Mqtt5BlockingClient phone = listen("away");
        run("away", "state", 1);
        copy("state", "old");
        run("away", "state", 5);
        remove("state");
        copy("old", "state");
        for (int i = 0; i < 2; i++) {
            Run run = new Run("away", "state", false);
            run.moveUnseen(2 + i);
            run.stop();
        }
        Run last = new Run("away", "state", true);
        await("all that was told without a broker", () -> count("away", "started") == 5);
        last.move();
        last.stop();
        phone.disconnect();
        noNumberIsUsedTwice("away");
        assertThat(reasons("away")).containsExactly("restored");
        assertThat(count("away", "opened")).isEqualTo(9);
    }

    @Test
    void lostStateFolderBringsNoNumberBack() throws Exception {
        Mqtt5BlockingClient phone = listen("lost");
        run("lost", "state", 3);
        remove("state");
        run("lost", "state", 5);
        phone.disconnect();
        noNumberIsUsedTwice("lost");
        assertThat(reasons("lost")).containsExactly("lost");
    }

    @Test
    void copiesThatRunInTurnsBringNoNumberBack() throws Exception {
        Mqtt5BlockingClient phone = listen("twins");
        run("twins", "state", 1);
        copy("state", "twin");
        for (int i = 0; i < 3; i++) {
            run("twins", "twin", 1);
            run("twins", "state", 2);
        }
        phone.disconnect();
        noNumberIsUsedTwice("twins");
        assertThat(reasons("twins")).isNotEmpty();
    }
}
