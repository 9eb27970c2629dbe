package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.testbroker.Account;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.FaultyProxy;
import io.github.reedgate.testbroker.TestBroker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code publish} against a real broker, and against things that are none. */
@Timeout(120)
class PublishCommandIT {

    private static final Map<String, String> HOME =
            Map.of("REEDGATE_BROKER_USER", "home", "REEDGATE_BROKER_PASSWORD", "secret");

    private static TestBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.started(BrokerOptions.plain().with(new Account("home", "secret", List.of("home/#"))));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void messageWithoutSubscriberIsAcceptedWithANote() {
        CommandRun run = publish("", "home/lonely", "hello");

        assertThat(run.exitCode()).isZero();
        assertThat(run.errors()).contains("nobody is subscribed");
    }

    @Test
    void eachQosIsAccepted() {
        for (String qos : List.of("0", "1", "2")) {
            assertThat(publish("", "--qos", qos, "home/qos", "hello").exitCode())
                    .as(qos)
                    .isZero();
        }
    }

    @Test
    void payloadMayComeFromStandardInput() {
        assertThat(publish("line one\nline two\n", "--retain", "home/input", "-")
                        .exitCode())
                .isZero();

        CommandRun watch = CommandRun.start(
                new WatchCommand(HOME), "--broker", url(), "--json", "--topic", "home/input", "--count", "1");
        assertThat(watch.exitCode()).isZero();
        assertThat(watch.lines().get(0)).contains("\"payload\":\"line one\\u000aline two\\u000a\",\"retained\":true");
    }

    @Test
    void deniedTopicIsRefusedWithTheFix() {
        CommandRun run = publish("", "other/topic", "hello");

        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.errors()).contains("not authorized (0x87)").contains("access rules allow user 'home'");
    }

    @Test
    void wrongPasswordIsRefusedWithTheFix() {
        CommandRun run = CommandRun.start(
                new PublishCommand(Map.of("REEDGATE_BROKER_PASSWORD", "hunter2"), InputStream.nullInputStream()),
                "--broker",
                url(),
                "--user",
                "home",
                "home/x",
                "hello");

        assertThat(run.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.errors()).contains("password").contains("'home'").doesNotContain("hunter2");
    }

    @Test
    void brokerThatIsNotThereIsUnreachable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        CommandRun run = CommandRun.start(
                new PublishCommand(HOME, InputStream.nullInputStream()),
                "--broker",
                "mqtt://localhost:" + port,
                "home/x",
                "hello");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.errors()).contains("nothing listens at localhost:" + port);
    }

    @Test
    void brokerThatNeverAnswersIsGivenUpInTime() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CommandRun run = CommandRun.start(
                    new PublishCommand(HOME, InputStream.nullInputStream()),
                    "--broker",
                    "mqtt://" + "127.0.0.1:" + mute.getLocalPort(),
                    "--timeout",
                    "500ms",
                    "home/x",
                    "hello");

            assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(run.errors()).contains("did not let us in within 500 ms");
        }
    }

    @Test
    void brokenConnectionIsTold() {
        try (FaultyProxy proxy = new FaultyProxy("localhost", broker.port())) {
            proxy.refuse();
            CommandRun run = CommandRun.start(
                    new PublishCommand(HOME, InputStream.nullInputStream()),
                    "--broker",
                    "mqtt://localhost:" + proxy.port(),
                    "home/x",
                    "hello");

            assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        }
    }

    private static String url() {
        return "mqtt://localhost:" + broker.port();
    }

    private static CommandRun publish(String input, String... options) {
        List<String> arguments = new ArrayList<>(List.of("--broker", url()));
        arguments.addAll(List.of(options));
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        return CommandRun.start(new PublishCommand(HOME, in), arguments.toArray(String[]::new));
    }
}
