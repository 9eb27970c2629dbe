package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.testbroker.Account;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.FaultyProxy;
import io.github.reedgate.testbroker.TestBroker;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** {@code watch} against a real broker. */
@Timeout(120)
class WatchCommandIT {

    private static final Map<String, String> PHONE =
            Map.of("REEDGATE_BROKER_USER", "phone", "REEDGATE_BROKER_PASSWORD", "secret");

    private static TestBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = TestBroker.started(BrokerOptions.plain()
                .with(Account.unlimited("phone", "secret"))
                .with(new Account("guest", "secret", List.of("guests/#"))));
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void retainedStatesComeFirstThenNews() {
        publish("reedgate/first/front_door/state", "closed", "--retain");
        CommandRun watch = watch(PHONE, "--root", "reedgate/first", "--count", "3", "--timeout", "30s");
        watch.awaitOut("CLOSED  retained");
        publish("reedgate/first/front_door/state", "open", "--retain");
        watch.awaitOut("OPEN");
        publish("reedgate/first/alarm", "Front door opened, 22:14:03");

        assertThat(watch.exitCode()).isZero();
        assertThat(watch.lines()).hasSize(3);
        assertThat(watch.lines().get(0)).endsWith("  first/front_door        CLOSED  retained");
        assertThat(watch.lines().get(1)).endsWith("  first/front_door        OPEN");
        assertThat(watch.lines().get(2)).endsWith("  first                   Front door opened, 22:14:03");
        assertThat(watch.errors()).contains("watch: connected to localhost:" + broker.port());
    }

    @Test
    void persistentWatchGetsWhatItMissedInOrder() {
        String[] persistent = {"--root", "reedgate/second", "--persistent", "--client-id", "second", "--count"};
        CommandRun first = watch(PHONE, with(persistent, "1"));
        first.awaitErr("no session present");
        publish("reedgate/second/alarm", "zero");
        assertThat(first.exitCode()).isZero();
        for (String payload : List.of("one", "two", "three")) {
            publish("reedgate/second/alarm", payload);
        }

        CommandRun second = watch(PHONE, with(persistent, "2"));
        assertThat(second.exitCode()).isZero();
        CommandRun third = watch(PHONE, with(persistent, "1"));

        assertThat(third.exitCode()).isZero();
        assertThat(second.errors()).contains("session present: what was missed arrives now");
        assertThat(ends(second)).containsExactly("one", "two");
        assertThat(ends(third)).containsExactly("three");
    }

    @Test
    void jsonLineTellsAllOfAMessage() throws IOException {
        CommandRun watch = watch(PHONE, "--topic", "reedgate/third/#", "--json", "--count", "1");
        watch.awaitErr("connected");
        publish(
                "reedgate/third/x",
                "\u001B[2Jhostile\nline",
                "--retain",
                "--content-type",
                "text/plain",
                "--property",
                "id=7");

        assertThat(watch.exitCode()).isZero();
        assertThat(watch.lines()).hasSize(1);
        Map<String, Object> message = JSON.std.mapFrom(watch.lines().get(0));
        assertThat(message)
                .containsEntry("topic", "reedgate/third/x")
                .containsEntry("payload", "\u001B[2Jhostile\nline")
                .containsEntry("qos", 1)
                .containsEntry("duplicate", false)
                .containsEntry("content_type", "text/plain")
                .containsEntry("user_properties", Map.of("id", "7"))
                .containsKeys("received_at", "retained");
    }

    @Test
    void wrongPasswordEndsWithTheFix() {
        CommandRun watch = watch(Map.of("REEDGATE_BROKER_USER", "phone", "REEDGATE_BROKER_PASSWORD", "hunter2"));

        assertThat(watch.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(watch.errors())
                .contains("refused the connection")
                .contains("check")
                .contains("password")
                .doesNotContain("hunter2");
    }

    @Test
    void topicsThatMayNotBeReadAreTold() {
        assumeThat(broker.canBeKilled())
                .as("mosquitto grants a subscription that its access rules then never serve")
                .isFalse();
        CommandRun watch = watch(
                Map.of("REEDGATE_BROKER_USER", "guest", "REEDGATE_BROKER_PASSWORD", "secret"),
                "--topic",
                "guests/x",
                "--topic",
                "reedgate/home/alarm");

        assertThat(watch.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(watch.errors())
                .contains("the broker refused to subscribe to 'reedgate/home/alarm': not authorized (0x87)")
                .doesNotContain("'guests/x'");
    }

    @Test
    void connectionThatBreaksIsMadeAgain() {
        try (FaultyProxy proxy = new FaultyProxy("localhost", broker.port())) {
            CommandRun watch = CommandRun.start(
                    new WatchCommand(PHONE),
                    "--broker",
                    "mqtt://localhost:" + proxy.port(),
                    "--root",
                    "reedgate/fourth",
                    "--count",
                    "1");
            watch.awaitErr("watch: connected to");
            proxy.cut();
            watch.awaitErr("watch: connected again to");
            publish("reedgate/fourth/alarm", "after");

            assertThat(watch.exitCode()).isZero();
            assertThat(ends(watch)).containsExactly("after");
        }
    }

    @Test
    void scriptMayEndWhenTheConnectionBreaks() {
        try (FaultyProxy proxy = new FaultyProxy("localhost", broker.port())) {
            CommandRun watch = CommandRun.start(
                    new WatchCommand(PHONE), "--broker", "mqtt://localhost:" + proxy.port(), "--exit-on-disconnect");
            watch.awaitErr("watch: connected to");
            proxy.cut();

            assertThat(watch.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        }
    }

    @Test
    void timeOutWithoutTheMessagesIsAnError() {
        CommandRun watch = watch(PHONE, "--topic", "reedgate/nobody/here", "--count", "1", "--timeout", "300ms");

        assertThat(watch.exitCode()).isEqualTo(ExitCode.TIMED_OUT);
    }

    @Test
    void brokerThatIsNotThereIsTriedUntilTheTimeIsOver() throws IOException {
        String nowhere;
        try (ServerSocket socket = new ServerSocket(0)) {
            nowhere = "mqtt://localhost:" + socket.getLocalPort();
        }
        CommandRun patient = CommandRun.start(new WatchCommand(Map.of()), "--broker", nowhere, "--timeout", "1500ms");
        CommandRun hasty = CommandRun.start(new WatchCommand(Map.of()), "--broker", nowhere, "--exit-on-disconnect");

        assertThat(hasty.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(patient.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(patient.errors()).contains("nothing listens at localhost:").contains("trying again for ever");
        assertThat(patient.errors().lines().filter(line -> line.contains("nothing listens")))
                .hasSize(1);
    }

    @Test
    void messageThatCanNotBePrintedEndsIt() {
        publish("reedgate/full/front_door/state", "closed", "--retain");
        for (List<String> format : List.of(List.<String>of(), List.of("--json"))) {
            Printed errors = new Printed();
            assertThat(printedTo(StandardStreams.of(new FullDisk(), errors), "reedgate/full", format))
                    .isEqualTo(ExitCode.FAILED);
            assertThat(errors.toString())
                    .containsOnlyOnce("reedgate: standard output can't be written: No space left on device");
        }
    }

    @Test
    void readerThatHasGoneEndsItSilently() {
        publish("reedgate/gone/front_door/state", "closed", "--retain");
        for (List<String> format : List.of(List.<String>of(), List.of("--json"))) {
            Printed errors = new Printed();
            assertThat(printedTo(StandardStreams.ofPipes(new GoneReader(), errors), "reedgate/gone", format))
                    .isZero();
            assertThat(errors.toString().lines()).allMatch(line -> line.startsWith("watch: connected to "));
        }
    }

    /** The exit code of a watch that would go on after the one message that comes. */
    private static int printedTo(StandardStreams streams, String root, List<String> format) {
        List<String> arguments = new ArrayList<>(List.of("--broker", "mqtt://localhost:" + broker.port()));
        arguments.addAll(List.of("--root", root, "--count", "2", "--timeout", "60s"));
        arguments.addAll(format);
        return streams.run(new CommandLine(new WatchCommand(PHONE)), arguments.toArray(String[]::new));
    }

    private static CommandRun watch(Map<String, String> environment, String... options) {
        List<String> arguments = new ArrayList<>(List.of("--broker", "mqtt://localhost:" + broker.port()));
        arguments.addAll(List.of(options));
        return CommandRun.start(new WatchCommand(environment), arguments.toArray(String[]::new));
    }

    private static void publish(String topic, String payload, String... options) {
        List<String> arguments = new ArrayList<>(List.of("--broker", "mqtt://localhost:" + broker.port()));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--", topic, payload));
        CommandRun run = CommandRun.start(
                new PublishCommand(PHONE, InputStream.nullInputStream()), arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.errors()).isZero();
    }

    private static String[] with(String[] options, String last) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add(last);
        return all.toArray(String[]::new);
    }

    private static List<String> ends(CommandRun watch) {
        return watch.lines().stream()
                .map(line -> line.split("  +"))
                .map(words -> words[2])
                .toList();
    }
}
