package io.github.reedgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code reedgate arm}, {@code disarm}, {@code ack} and {@code status}, against a socket that answers as it is told. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PanelCommandsTest {

    private static final Pattern PAYLOAD_TIME = Pattern.compile("2026-[-0-9]*T[0-9:.]*Z");

    @TempDir
    private Path folder = Path.of("");

    private String out = "";
    private String err = "";

    private int run(String... arguments) {
        Printed outText = new Printed();
        Printed errText = new Printed();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--state-dir", folder.toString()));
        int code = StandardStreams.of(outText, errText).run(all.toArray(String[]::new));
        out = outText.toString();
        err = errText.toString();
        return code;
    }

    /** Runs a command against a gateway that answers so, and checks what it was asked. */
    private int answered(String request, String answer, String... arguments)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        Path path = folder.resolve("control.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> serve(server, answer));
            int code = run(arguments);
            assertThat(asked.get(20, TimeUnit.SECONDS)).isEqualTo(request + "\n");
            return code;
        } finally {
            java.nio.file.Files.deleteIfExists(path);
        }
    }

    private static String serve(ServerSocketChannel server, String answer) {
        try (SocketChannel client = server.accept()) {
            String request = new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.UTF_8);
            client.write(ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8)));
            return request;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void lostMemoryIsALineOfTheStatus() throws Exception {
        String answer = "ok {\"r/panel/state\":\"unknown\",\"panel_lost\":\"the store can't be used\"}";
        assertThat(answered("status", answer, "status")).isEqualTo(ExitCode.OK);
        assertThat(out)
                .contains("panel            unknown")
                .contains("the alarm panel's memory is lost: the store can't be used; the state above is not certain"
                        + " until somebody arms or disarms it");
    }

    @Test
    void topicThatIsNotHeardAndMessagesSetAsideAreLinesOfTheStatus() throws Exception {
        String answer = "ok {\"subscriptions_lost\":{\"r/panel/set\":{\"why\":\"unreadable\","
                + "\"since\":\"2026-11-22T21:14:03.000Z\",\"until\":\"2026-11-22T21:15:03.000Z\","
                + "\"reason\":\"messages came\\u001b there\"},\"r/x\":{\"why\":\"refused\","
                + "\"since\":\"2026-11-22T21:14:03.000Z\",\"reason\":\"refused\"},\"r/y\":3},"
                + "\"set_aside\":[{\"time\":\"2026-11-22T21:16:00.000Z\",\"topic\":\"r/event\",\"characters\":1095,"
                + "\"why\":\"too_large\",\"id\":\"01-2\",\"seq\":\"7\",\"reason\":\"larger\"},{\"topic\":\"r/z\"},4],"
                + "\"foreign_watermark\":{\"time\":\"2026-11-22T21:17:00.000Z\",\"reason\":\"broker b has 'x'\\u001b\"}}";
        assertThat(answered("status", answer, "status")).isEqualTo(ExitCode.OK);
        assertThat(out).isEqualTo(local("""
                        not subscribed   r/panel/set since 2026-11-22T21:14:03.000Z, tried again 2026-11-22T21:15:03.000Z: \
                        messages came\\e there
                        not subscribed   r/x since 2026-11-22T21:14:03.000Z: refused
                        not subscribed   r/y
                        set aside        2026-11-22T21:16:00.000Z r/event, 1095 characters, event 7 (01-2), too_large: larger
                        set aside        null r/z, null characters, null: null
                        watermark        2026-11-22T21:17:00.000Z broker b has 'x'\\e
                        """));
        assertThat(answered("status", answer, "status", "--json")).isEqualTo(ExitCode.OK);
        assertThat(out).contains("\"why\":\"too_large\"", "\"until\":\"2026-11-22T21:15:03.000Z\"");
    }

    @Test
    void panelIsArmedDisarmedAndAcknowledged() throws Exception {
        assertThat(answered("arm away", "ok", "arm", "away")).isEqualTo(ExitCode.OK);
        assertThat(out).isEqualTo("the panel arms for away\n");
        assertThat(answered("arm away", "ok not_stored", "arm", "away")).isEqualTo(ExitCode.OK);
        assertThat(out).isEqualTo("the panel arms for away\n");
        assertThat(err).contains("this is not on disk yet: a restart may forget it");
        assertThat(answered(
                        "arm night shed,back_door", "ok", "arm", "NIGHT", "--bypass", "shed", "--bypass", "back_door"))
                .isEqualTo(ExitCode.OK);
        assertThat(answered(
                        "arm away front_door.tamper,front_door",
                        "ok",
                        "arm",
                        "away",
                        "--bypass",
                        "front_door.tamper,front_door",
                        "--bypass",
                        "front_door"))
                .isEqualTo(ExitCode.OK);
        assertThat(answered("disarm", "ok", "disarm")).isEqualTo(ExitCode.OK);
        assertThat(out).isEqualTo("the panel is disarmed\n");
        assertThat(answered("ack", "ok", "ack")).isEqualTo(ExitCode.OK);
    }

    @Test
    void refusalIsToldWithTheSensorsInTheWay() throws Exception {
        assertThat(answered("arm away", "refused not_ready front_door,shed", "arm", "away"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err)
                .isEqualTo("reedgate: the panel refused: sensors are open or can't be trusted: front_door, shed\n");
        assertThat(answered("ack", "refused no_incident ", "ack")).isEqualTo(ExitCode.FAILED);
        assertThat(err).isEqualTo("reedgate: the panel refused: there is no incident\n");
        assertThat(answered("disarm", "error the gateway did not answer in time", "disarm"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("did not answer in time");
    }

    @Test
    void withoutAGatewayNothingAnswers() {
        for (String command : List.of("disarm", "ack", "status")) {
            assertThat(run(command)).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(err).contains("no gateway answers at " + folder.resolve("control.sock"));
        }
        assertThat(run("arm", "home")).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThat(run("arm")).isEqualTo(ExitCode.USAGE);
        assertThat(run("arm", "vacation")).isEqualTo(ExitCode.USAGE);
        assertThat(run("arm", "home", "--bypass", "front/door")).isEqualTo(ExitCode.USAGE);
        assertThat(run("arm", "home", "--bypass", "front_door.lid")).isEqualTo(ExitCode.USAGE);
        String many =
                String.join(",", IntStream.range(0, 33).mapToObj(i -> "s" + i).toList());
        assertThat(run("arm", "home", "--bypass", many)).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("33 sensors are too many; 32 are allowed");
        assertThat(run("disarm", "now")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void statusTellsThePanelFirst() throws Exception {
        String answer = "ok {\"reedgate/home/front_door/state\":\"open\","
                + "\"reedgate/home/front_door/detail\":\"{\\\"since\\\":\\\"2026-11-22T21:14:03.000Z\\\",\\\"health\\\":\\\"ok\\\"}\","
                + "\"reedgate/home/shed/state\":\"unknown\","
                + "\"reedgate/home/shed/detail\":\"{\\\"since\\\":null,\\\"health\\\":\\\"fault\\\"}\","
                + "\"reedgate/home/panel/state\":\"armed_home\","
                + "\"reedgate/home/panel/detail\":\"{\\\"since\\\":\\\"2026-11-22T21:00:00.000Z\\\",\\\"open\\\":[\\\"front_door\\\"],"
                + "\\\"bypassed\\\":[\\\"front_door\\\"],\\\"incident_id\\\":null,\\\"deadline\\\":null}\","
                + "\"reedgate/home/diagnostics\":\"{\\\"version\\\":\\\"1\\\"}\"}";
        assertThat(answered("status", answer, "status")).isEqualTo(ExitCode.OK);
        assertThat(out.lines())
                .containsExactly(
                        local("panel            armed_home since 2026-11-22T21:00:00.000Z, open front_door, bypassed"
                                + " front_door"),
                        local("front_door       open since 2026-11-22T21:14:03.000Z"),
                        "shed             unknown, fault");
        assertThat(answered("status", answer, "status", "--json")).isEqualTo(ExitCode.OK);
        assertThat(out)
                .contains("\"reedgate/home/front_door/state\":\"open\"")
                .contains("\"reedgate/home/diagnostics\":{\"version\":\"1\"}")
                .hasLineCount(1);
    }

    @Test
    void statusTellsOutputsNoticesAndWhatIsReady() throws Exception {
        String answer = "ok {\"reedgate/home/panel/state\":\"disarmed\","
                + "\"reedgate/home/panel/detail\":\"{\\\"mode\\\":null,\\\"ready\\\":{\\\"home\\\":true,"
                + "\\\"away\\\":false,\\\"night\\\":true}}\","
                + "\"outputs\":{\"siren\":\"on\",\"lamp\":\"fault\"},\"notices_waiting\":3,\"walk_test\":true}";
        assertThat(answered("status", answer, "status")).isEqualTo(ExitCode.OK);
        assertThat(out.lines())
                .containsExactly(
                        "panel            disarmed, ready for home night, not ready for away",
                        "siren            on (output)",
                        "lamp             fault (output)",
                        "notices          3 waiting",
                        "a walk test runs: the panel raises no alarm until it is over");
        assertThat(answered("status", answer, "status", "--json")).isEqualTo(ExitCode.OK);
        assertThat(out).contains("\"outputs\":{\"siren\":\"on\",\"lamp\":\"fault\"},\"notices_waiting\":3");
    }

    @Test
    void statusTellsHowTheBrokerIsAndWhatWaitsForIt() throws Exception {
        String answer = "ok {\"broker\":{\"connected\":false,\"since\":\"2026-11-22T21:14:03.000Z\","
                + "\"last_failure\":\"refused\\u001b; mend it\",\"last_failure_time\":\"2026-11-22T21:15:03.000Z\"},"
                + "\"queue\":{\"waiting\":3,\"oldest_s\":125}}";
        assertThat(answered("status", answer, "status")).isEqualTo(ExitCode.OK);
        assertThat(out).isEqualTo(local("""
                        broker           not connected since 2026-11-22T21:14:03.000Z; last failure \
                        2026-11-22T21:15:03.000Z: refused\\e; mend it
                        queue            3 messages wait for the broker, the oldest for 2 min 5 s
                        """));
        String well = "ok {\"broker\":{\"connected\":true,\"since\":\"2026-11-22T21:14:03.000Z\",\"last_failure\":null,"
                + "\"last_failure_time\":null},\"queue\":{\"waiting\":0,\"oldest_s\":0}}";
        assertThat(answered("status", well, "status")).isEqualTo(ExitCode.OK);
        assertThat(out).isEqualTo(local("""
                        broker           connected since 2026-11-22T21:14:03.000Z
                        queue            empty: the broker has acknowledged every message
                        """));
        String unknown = "ok {\"broker\":{\"connected\":false,\"since\":null,\"last_failure\":null},"
                + "\"queue\":{\"waiting\":1,\"oldest_s\":null}}";
        assertThat(answered("status", unknown, "status")).isEqualTo(ExitCode.OK);
        assertThat(out).isEqualTo("""
                        broker           not connected
                        queue            1 message waits for the broker
                        """);
    }

    /** The text with each time of a payload as the reader's clock shows it. */
    private static String local(String text) {
        return PAYLOAD_TIME
                .matcher(text)
                .replaceAll(time -> ReaderTime.text(Instant.parse(time.group()), ZoneId.systemDefault()));
    }

    @Test
    void answerThatIsNoStatusIsSaid() throws Exception {
        assertThat(answered("status", "ok {", "status")).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("can't be read");
        assertThat(answered("status", "error none", "status")).isEqualTo(ExitCode.FAILED);
    }
}
