package io.github.reedgate.monitor.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/**
 * A server of Kafka for tests: one process that is broker and controller (KRaft), on loopback. Its classes are those of the test,
 * which the Maven profile {@code kafka} adds.
 */
public final class KafkaServer {

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(90);

    private final Path folder;
    private final Path settings;
    private final int port;
    private Process process;

    private KafkaServer(Path folder, Path settings, int port) throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.port = port;
        this.process = launch();
    }

    /**
     * Starts a server; returns once it answers.
     *
     * @param folder an empty folder for its files
     * @param more further settings; a listener is named CLIENT
     */
    public static KafkaServer start(Path folder, Map<String, String> more) throws Exception {
        return start(folder, more, List.of());
    }

    /**
     * Starts a server; returns once its port is open.
     *
     * @param folder an empty folder for its files
     * @param more further settings; a listener is named CLIENT
     * @param format further arguments of the format
     */
    public static KafkaServer start(Path folder, Map<String, String> more, List<String> format) throws Exception {
        int port = freePort();
        int controller = freePort();
        List<String> lines = new ArrayList<>(List.of(
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controller,
                "listeners=CLIENT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller,
                "advertised.listeners=CLIENT://127.0.0.1:" + port,
                "controller.listener.names=CONTROLLER",
                "inter.broker.listener.name=CLIENT",
                "listener.security.protocol.map=CLIENT:"
                        + more.getOrDefault("protocol", "PLAINTEXT") + ",CONTROLLER:PLAINTEXT",
                "log.dirs=" + folder.resolve("data"),
                "auto.create.topics.enable=false",
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=1",
                "group.initial.rebalance.delay.ms=0",
                "broker.heartbeat.interval.ms=500",
                "broker.session.timeout.ms=2000"));
        more.forEach((key, value) -> {
            if (!key.equals("protocol")) {
                lines.add(key + "=" + value);
            }
        });
        Path settings = Files.write(folder.resolve("server.properties"), lines);
        List<String> arguments = new ArrayList<>(
                List.of("format", "-t", Uuid.randomUuid().toString(), "-c", settings.toString()));
        arguments.addAll(format);
        Process made = java(folder, "kafka.tools.StorageTool", arguments);
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).as("the format ends").isTrue();
        assertThat(made.exitValue())
                .as("format: %s", Files.readString(folder.resolve("log")))
                .isZero();
        KafkaServer server = new KafkaServer(folder, settings, port);
        server.awaitOpen();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Process java(Path folder, String main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Djava.awt.headless=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private Process launch() throws IOException {
        return java(folder, "kafka.Kafka", List.of(settings.toString()));
    }

    private void awaitOpen() throws IOException {
        long end = System.nanoTime() + START_NANOS;
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return;
            } catch (IOException e) {
                assertThat(process.isAlive())
                        .as("the server lives: %s", Files.readString(folder.resolve("log")))
                        .isTrue();
                assertThat(System.nanoTime()).as("open in time").isLessThan(end);
                LockSupport.parkNanos(50_000_000);
            }
        }
    }

    /** Where it listens: {@code 127.0.0.1:PORT}. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Makes a topic with so many partitions; for a server without TLS and users. */
    public void topic(String name, int partitions) throws Exception {
        topic(name, partitions, Map.of("bootstrap.servers", address()));
    }

    /** Makes a topic with so many partitions, as a client with some settings. */
    void topic(String name, int partitions, Map<String, Object> settings) throws Exception {
        try (Admin admin = Admin.create(settings)) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get(60, TimeUnit.SECONDS);
        }
    }

    /** Stops it as a service manager does. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
        }
    }

    /** Kills it as a power cut does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again; returns once its port is open. */
    public void startAgain() throws Exception {
        process = launch();
        awaitOpen();
    }

    /** How long a test may wait for something that follows from a start. */
    public static Duration patience() {
        return Duration.ofSeconds(120);
    }
}
