package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.reedgate.json.Json;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code reedgate setup} on a machine without GPIO lines and without systemd for it: it ends with an alarm at a phone. */
final class SetupIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MOST_ANSWERS = 12;

    @TempDir
    private Path folder = Path.of("");

    private final TestBroker broker = TestBroker.create(BrokerOptions.plain());
    private final List<String> pushes = new CopyOnWriteArrayList<>();
    private @Nullable HttpServer ntfy;

    @BeforeEach
    void begin() throws IOException {
        broker.start();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::push);
        server.start();
        ntfy = server;
    }

    @AfterEach
    void end() {
        broker.close();
        HttpServer server = ntfy;
        if (server != null) {
            server.stop(0);
        }
    }

    /** Takes a push as ntfy does: text on a topic's address, or JSON at the root. */
    private void push(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String topic = exchange.getRequestURI().getPath().substring(1);
            Map<String, @Nullable Object> push =
                    topic.isEmpty() ? JsonObject.read(body) : Map.of("topic", topic, "message", body);
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("id", "m" + pushes.size());
            answer.put("event", "message");
            answer.put("topic", String.valueOf(push.get("topic")));
            byte[] bytes = Json.write(answer).getBytes(StandardCharsets.UTF_8);
            pushes.add(push.get("topic") + " " + push.get("message"));
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String ntfyUrl() {
        HttpServer server = ntfy;
        return "http://localhost:" + (server == null ? 0 : server.getAddress().getPort());
    }

    private Path configuration() {
        return folder.resolve("reedgate.yaml");
    }

    private void assertThatTheAlarmCame(Subscriber phone) throws IOException {
        Waiting.until(
                "the subscriber has the alarm line",
                LIMIT,
                () -> !phone.on("alarm").isEmpty());
        assertThat(phone.on("alarm").get(0).payload()).startsWith("Test alarm from home");
        String topic = Files.readString(folder.resolve("credentials/notify.phone.topic"))
                .strip();
        Waiting.until(
                "the server has the alarm",
                LIMIT,
                () -> pushes.stream().anyMatch(push -> push.startsWith(topic + " Test alarm from home")));
        assertThat(Installation.reedgate("check", "-c", configuration().toString())
                        .code())
                .isZero();
    }

    @Test
    void withoutATerminalOptionsTellAllThatIsAskedFor() throws IOException {
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone")) {
            Installation.Ended ended = Installation.reedgate(
                    "setup",
                    "--simulate",
                    "-c",
                    configuration().toString(),
                    "--broker",
                    "mqtt://localhost:" + broker.port(),
                    "--sensor",
                    "front_door=line17",
                    "--phone",
                    "ntfy",
                    "--ntfy-server",
                    ntfyUrl(),
                    "--test-alarm");

            assertThat(ended.code()).as("%s%n%s", ended.out(), ended.err()).isZero();
            assertThat(ended.out()).contains("The broker has acknowledged a test alarm");
            assertThatTheAlarmCame(phone);
        }
    }

    @Test
    void atATerminalTwelveAnswersAreEnough() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "util-linux makes the terminal");
        Path screen = folder.resolve("screen");
        try (Subscriber phone = Subscriber.connected(broker.port(), "phone")) {
            ProcessBuilder builder = new ProcessBuilder(
                            "/usr/bin/script",
                            "-qefc",
                            "stty cols 80 rows 24; exec '" + Installation.LAUNCHER + "' setup --simulate -c '"
                                    + configuration() + "' --ntfy-server " + ntfyUrl(),
                            "/dev/null")
                    .redirectErrorStream(true)
                    .redirectOutput(screen.toFile());
            Installation.useThisJava(builder.environment());
            builder.environment().put("TERM", "xterm");
            Process setup = builder.start();
            try (OutputStream keys = setup.getOutputStream()) {
                Person person = new Person(screen, keys);
                person.answers("Which one? 1 or 2", "2");
                person.answers("The broker's URL", "mqtt://localhost:" + broker.port());
                person.answers("User name there", "");
                person.answers("What is this door called", "");
                person.answers("Open the next door now", "");
                person.answers("Which one? 1 to 4", "");
                person.answers("Press Enter when the app has subscribed", "");
                person.answers("Did the phone ring", "");
                assertThat(pushes).hasSize(1).allMatch(push -> push.contains("A test from reedgate"));
                person.answers("Which one? 1 to 4", "");
                person.answers("Do it", "");
                person.answers("Send a test alarm", "");
                assertThat(setup.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(setup.exitValue()).as(person.read()).isZero();
                assertThat(person.read()).contains("The broker has acknowledged a test alarm");
                assertThat(person.answers).isLessThanOrEqualTo(MOST_ANSWERS);
            } finally {
                setup.destroy();
            }
            assertThatTheAlarmCame(phone);
        }
    }

    /** Somebody at a terminal who answers each question once it is on the screen. */
    private static final class Person {

        private final Path screen;
        private final OutputStream keys;
        private int seen;
        private int answers;

        private Person(Path screen, OutputStream keys) {
            this.screen = screen;
            this.keys = keys;
        }

        private String read() {
            try {
                return Files.readString(screen, StandardCharsets.ISO_8859_1);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private void answers(String question, String answer) throws IOException {
            try {
                Waiting.until("asked: " + question, LIMIT, () -> read().indexOf(question, seen) >= 0);
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "\n" + read(), e);
            }
            seen = read().length();
            keys.write((answer + "\r").getBytes(StandardCharsets.UTF_8));
            keys.flush();
            answers++;
        }
    }
}
