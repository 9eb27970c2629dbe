package io.github.reedgate.monitor.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.github.reedgate.monitor.config.MonitorConfig.Server;
import io.github.reedgate.monitor.config.MonitorReader;
import io.github.reedgate.monitor.history.GatewayReport;
import io.github.reedgate.monitor.kafka.KafkaServer;
import io.github.reedgate.monitor.record.HistoryException;
import io.github.reedgate.monitor.record.Samples;
import io.github.reedgate.monitor.store.Histories;
import io.github.reedgate.monitor.store.HistoryReader;
import io.github.reedgate.monitor.store.PostgresServer;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import io.github.reedgate.testbroker.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From the broker through Kafka into PostgreSQL: one monitor passes events on, others read them, each a process of its own.
 * Broker, Kafka and PostgreSQL are real servers. Run by the Maven profile {@code kafka}.
 */
class PipelineKafkaCheck {

    private static final int PARTITIONS = 6;
    private static final int GATEWAYS = 12;

    @TempDir
    private static @SuppressWarnings("NullAway.Init") Path servers;

    private static @SuppressWarnings("NullAway.Init") KafkaServer kafka;
    private static @SuppressWarnings("NullAway.Init") PostgresServer postgres;
    private static int topics;

    @TempDir
    private @SuppressWarnings("NullAway.Init") Path folder;

    private final Map<Path, Process> monitors = new HashMap<>();
    private @SuppressWarnings("NullAway.Init") TestBroker broker;
    private @SuppressWarnings("NullAway.Init") Mqtt5AsyncClient publisher;
    private @SuppressWarnings("NullAway.Init") Server database;
    private @SuppressWarnings("NullAway.Init") String topic;

    @BeforeAll
    static void startServers() throws Exception {
        kafka = KafkaServer.start(servers, Map.of());
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stopServers() throws Exception {
        kafka.stop();
        postgres.close();
    }

    @BeforeEach
    void start() throws Exception {
        topics++;
        topic = "events" + topics;
        kafka.topic(topic, PARTITIONS);
        kafka.topic(topic + ".rejected", 1);
        database = postgres.database();
        broker = TestBroker.started(BrokerOptions.plain());
        publisher = Mqtt5Client.builder()
                .serverHost("127.0.0.1")
                .serverPort(broker.port(Transport.MQTT))
                .buildAsync();
        publisher.connect().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        for (Process each : monitors.values()) {
            each.destroyForcibly().waitFor();
        }
        publisher.disconnect().get(10, TimeUnit.SECONDS);
        broker.close();
    }

    /** The configuration of the monitor that passes events on. */
    private Path passing() throws IOException {
        return Files.writeString(
                folder.resolve("passing.yaml"),
                "monitor:\n  id: edge\nstate_dir: edge\nbroker:\n  url: mqtt://127.0.0.1:"
                        + broker.port(Transport.MQTT)
                        + "\n  retry:\n    first: 100ms\n    max: 1s\nstore:\n  type: kafka\n" + kafkaSection(""));
    }

    /** The configuration of a monitor that reads from Kafka. */
    private Path reading(String id) throws IOException {
        return Files.writeString(
                folder.resolve(id + ".yaml"),
                "monitor:\n  id: " + id + "\nstate_dir: " + id
                        + "\nsource: kafka\nstore:\n  type: postgresql\n  url: postgresql://127.0.0.1:" + database.port()
                        + "/" + database.database() + "\n  user: postgres\n" + kafkaSection("  group: " + topic + "\n"));
    }

    private String kafkaSection(String more) {
        return "kafka:\n  bootstrap: " + kafka.address() + "\n  topic: " + topic + "\n" + more;
    }

    private void launch(Path file) throws IOException {
        monitors.put(
                file,
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
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
                                ProcessBuilder.Redirect.appendTo(Path.of(file + ".log").toFile()))
                        .start());
    }

    private void kill(Path file) throws InterruptedException {
        Process process = monitors.get(file);
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + KafkaServer.patience().toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                StringBuilder logs = new StringBuilder();
                for (Path file : monitors.keySet()) {
                    logs.append(file.getFileName()).append(":\n").append(Files.readString(Path.of(file + ".log")));
                }
                throw new AssertionError("not in time: " + what + "\n" + logs);
            }
            LockSupport.parkNanos(100_000_000);
        }
    }

    private static int code(Path file, String command) {
        return Commands.run(command, "-c", file.toString()).code();
    }

    private long stored(Path file) {
        try (HistoryReader history = Histories.toRead(MonitorReader.read(file))) {
            return history.verify().stream().mapToLong(GatewayReport::present).sum();
        } catch (HistoryException | io.github.reedgate.config.ConfigException e) {
            return 0;
        }
    }

    private CompletableFuture<?> publish(String below, String payload) {
        return publisher
                .publishWith()
                .topic("reedgate/" + below)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private void publish(int from, int to) throws Exception {
        List<CompletableFuture<?>> sent = new ArrayList<>();
        for (int i = from; i < to; i++) {
            String gateway = "house" + i % GATEWAYS;
            long seq = i / GATEWAYS + 1L;
            sent.add(publish(gateway + "/event", Samples.json(gateway, seq, gateway + "-" + seq)));
        }
        CompletableFuture.allOf(sent.toArray(new CompletableFuture<?>[0])).get(60, TimeUnit.SECONDS);
    }

    /** All records of a topic. */
    private List<ConsumerRecord<String, String>> records(String name, int partitions) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.address());
        List<ConsumerRecord<String, String>> all = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> own = new ArrayList<>();
            for (int i = 0; i < partitions; i++) {
                own.add(new TopicPartition(name, i));
            }
            consumer.assign(own);
            consumer.seekToBeginning(own);
            long end = consumer.endOffsets(own).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (own.stream().mapToLong(consumer::position).sum() < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(all::add);
            }
        }
        return all;
    }

    /** How many partitions each member of the group has. */
    private Map<String, Integer> shares() throws Exception {
        Map<String, Integer> shares = new HashMap<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
            List<MemberDescription> members =
                    admin.describeConsumerGroups(List.of(topic)).all().get(30, TimeUnit.SECONDS).values().stream()
                            .flatMap(group -> group.members().stream())
                            .toList();
            for (MemberDescription each : members) {
                shares.put(
                        each.groupInstanceId().orElseThrow(),
                        each.assignment().topicPartitions().size());
            }
        }
        return shares;
    }

    /** How many of the monitor's own events have a type. */
    private long own(String type) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + database.port() + "/" + database.database(), "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT COUNT(*) FROM own_event WHERE type = '" + type + "'")) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    private void assertComplete(Path reader, int events) throws Exception {
        Commands.Result verified = Commands.run("verify", "-c", reader.toString(), "--json");
        assertThat(verified.code()).as(verified.err()).isZero();
        assertThat(verified.out().lines())
                .hasSize(GATEWAYS)
                .allSatisfy(line -> assertThat(line)
                        .contains("\"present\":" + events / GATEWAYS)
                        .contains("\"missing\":0")
                        .contains("\"conflicts\":0"));
        assertThat(own("GAP_FOUND")).isZero();
        assertThat(own("CONFLICT")).isZero();
    }

    @Test
    void nothingIsLostOrDoubledWhateverIsKilled() throws Exception {
        Path edge = passing();
        Path reader = reading("lake");
        launch(edge);
        launch(reader);
        await("both are connected", () -> code(edge, "status") == 0 && code(reader, "status") == 0);
        int rounds = 10;
        int events = 1_200 * rounds;
        for (int round = 0; round < rounds; round++) {
            int first = round * events / rounds;
            int last = (round + 1) * events / rounds;
            publish(first, (first + last) / 2);
            switch (round % 5) {
                case 0 -> {
                    kill(reader);
                    publish((first + last) / 2, last);
                    launch(reader);
                }
                case 1 -> {
                    kafka.stop();
                    publish((first + last) / 2, last);
                    kafka.startAgain();
                }
                case 2 -> {
                    kill(edge);
                    publish((first + last) / 2, last);
                    launch(edge);
                }
                case 3 -> {
                    postgres.kill();
                    publish((first + last) / 2, last);
                    postgres.startAgain();
                }
                default -> {
                    kafka.kill();
                    publish((first + last) / 2, last);
                    kafka.startAgain();
                }
            }
        }
        for (int i = 0; i < GATEWAYS; i++) {
            publish("house" + i + "/diagnostics/watermark", Integer.toString(events / GATEWAYS))
                    .get(10, TimeUnit.SECONDS);
        }
        await("all of it is stored", () -> stored(reader) == events);
        assertComplete(reader, events);

        List<ConsumerRecord<String, String>> records = records(topic, PARTITIONS);
        Set<String> ids = new HashSet<>();
        for (ConsumerRecord<String, String> each : records) {
            String mqtt = new String(each.headers().lastHeader("mqtt_topic").value(), StandardCharsets.UTF_8);
            assertThat(mqtt).startsWith("reedgate/" + each.key() + "/");
            if (mqtt.endsWith("/event")) {
                ids.add(each.value());
            }
        }
        assertThat(ids).hasSize(events);

        // as if it had been killed before the first commit: everything comes again
        kill(reader);
        Files.writeString(reader, Files.readString(reader).replace("group: " + topic, "group: " + topic + "-again"));
        launch(reader);
        await("all of it came again", () -> figure(reader, "duplicates") >= events);
        assertThat(figure(reader, "stored")).isZero();
        assertComplete(reader, events);
    }

    private static long figure(Path file, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":([0-9]+)")
                .matcher(Commands.run("status", "-c", file.toString(), "--json").out());
        return found.find() ? Long.parseLong(found.group(1)) : -1;
    }

    @Test
    void readersOfOneGroupShareTheGatewaysAndTakeOverFromEachOther() throws Exception {
        Path edge = passing();
        Path one = reading("one");
        Path two = reading("two");
        launch(edge);
        launch(one);
        await("both are connected", () -> code(edge, "status") == 0 && code(one, "status") == 0);
        int events = 6_000;
        publish(0, 1_200);
        launch(two);
        publish(1_200, 2_400);
        await("both read", () -> shares().equals(Map.of("one", 3, "two", 3)));
        publish(2_400, 3_600);
        // as after SIGTERM or SIGKILL: what it had goes to the other one when its time in the group is over
        kill(one);
        publish(3_600, events);
        await("all of it is stored", () -> stored(two) == events);
        assertComplete(two, events);
        assertThat(shares()).isEqualTo(Map.of("two", PARTITIONS));
    }

    @Test
    void whatCanNotBeReadGoesToATopicOfItsOwnAndTheCommandsSayWhoAnswers() throws Exception {
        Path edge = passing();
        launch(edge);
        await("it is connected", () -> code(edge, "status") == 0);
        publish("home/event", "no JSON").get(10, TimeUnit.SECONDS);
        publish("home/event", Samples.json("home", 1, "home-1")).get(10, TimeUnit.SECONDS);
        await("both are there", () -> records(topic, PARTITIONS).size() == 1
                && records(topic + ".rejected", 1).size() == 1);

        ConsumerRecord<String, String> rejected = records(topic + ".rejected", 1).get(0);
        assertThat(rejected.value()).isEqualTo("no JSON");
        assertThat(new String(rejected.headers().lastHeader("reason").value(), StandardCharsets.UTF_8))
                .isEqualTo("the payload is no JSON object");
        ConsumerRecord<String, String> event = records(topic, PARTITIONS).get(0);
        assertThat(event.key()).isEqualTo("home");
        assertThat(event.value()).isEqualTo(Samples.json("home", 1, "home-1"));
        for (String command : List.of("history", "gaps", "verify")) {
            Commands.Result refused = Commands.run(command, "-c", edge.toString());
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("ask the monitor whose configuration has source: kafka");
        }
    }
}
