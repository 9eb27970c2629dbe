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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code reedgate walktest}, against a socket that answers as it is told. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WalkTestCommandTest {

    private static final String DOOR = "{\"id\":\"door\",\"name\":\"Front door\",\"state\":\"closed\",";
    private static final String BOX = "{\"id\":\"box\",\"name\":\"Box\",\"state\":\"ok\",";
    private static final String NOT = "\"opened\":null,\"closed\":null}";
    private static final String OPENED = "\"opened\":\"2026-11-22T21:14:03Z\",\"closed\":null}";
    private static final String BOTH = "\"opened\":\"2026-11-22T21:14:03Z\",\"closed\":\"2026-11-22T21:14:06Z\"}";
    private static final String LATER = "\"opened\":\"2026-11-22T21:15:00Z\",\"closed\":\"2026-11-22T21:14:59.5Z\"}";

    private static final List<String> ENDED_AT_ONCE =
            List.of(answer("null", NOT, NOT), answer("\"stopped\"", NOT, NOT));

    @TempDir
    private Path folder = Path.of("");

    private final List<String> asked = new ArrayList<>();
    private String out = "";
    private String err = "";

    private static String answer(String ended, String door, String box) {
        return "ok {\"test\":7,\"ended\":" + ended + ",\"sensors\":[" + DOOR + door + "," + BOX + box + "]}";
    }

    private int run(Pause pause, boolean isTerminal, String... arguments) {
        Printed outText = new Printed();
        Printed errText = new Printed();
        int code = run(StandardStreams.of(outText, errText), pause, isTerminal, arguments);
        out = outText.toString();
        err = errText.toString();
        return code;
    }

    private int run(StandardStreams streams, Pause pause, boolean isTerminal, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--state-dir", folder.toString()));
        return streams.run(
                new CommandLine(new WalkTestCommand(pause, isTerminal, ZoneOffset.UTC)), all.toArray(String[]::new));
    }

    /** Runs it against a gateway that gives these answers, one for each request, and then is gone. */
    private int answered(Pause pause, boolean isTerminal, List<String> answers, String... arguments) throws Exception {
        return answered(answers, () -> run(pause, isTerminal, arguments));
    }

    private int answered(List<String> answers, IntSupplier command) throws Exception {
        Path path = folder.resolve("control.sock");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(server, answers));
            int code = command.getAsInt();
            served.get(20, TimeUnit.SECONDS);
            return code;
        } finally {
            java.nio.file.Files.deleteIfExists(path);
        }
    }

    private void serve(ServerSocketChannel server, List<String> answers) {
        for (int i = 0; i < answers.size(); i++) {
            try (SocketChannel client = server.accept()) {
                asked.add(new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.UTF_8).strip());
                if (i == answers.size() - 1) {
                    server.close();
                }
                client.write(ByteBuffer.wrap((answers.get(i) + "\n").getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void whatCanNotBePrintedEndsTheTest() throws Exception {
        for (boolean isTerminal : List.of(false, true)) {
            Printed errors = new Printed();
            StandardStreams full = StandardStreams.of(new FullDisk(), errors);
            assertThat(answered(ENDED_AT_ONCE, () -> run(full, () -> true, isTerminal)))
                    .isEqualTo(ExitCode.FAILED);
            assertThat(errors.toString())
                    .isEqualTo("reedgate: standard output can't be written: No space left on device;"
                            + " what it has is not complete\n");
        }
        assertThat(asked)
                .containsExactly("walktest begin 1800", "walktest end 7", "walktest begin 1800", "walktest end 7");
    }

    @Test
    void readerThatHasGoneEndsTheTestSilently() throws Exception {
        for (boolean isTerminal : List.of(false, true)) {
            Printed errors = new Printed();
            StandardStreams gone = StandardStreams.ofPipes(new GoneReader(), errors);
            assertThat(answered(ENDED_AT_ONCE, () -> run(gone, () -> true, isTerminal)))
                    .as("not all sensors were moved")
                    .isEqualTo(ExitCode.FAILED);
            assertThat(errors.toString()).isEmpty();
        }
        assertThat(asked)
                .containsExactly("walktest begin 1800", "walktest end 7", "walktest begin 1800", "walktest end 7");
    }

    @Test
    void eachMoveIsToldAndAllMovedIsSuccess() throws Exception {
        List<String> answers = List.of(
                answer("null", NOT, NOT),
                answer("null", OPENED, NOT),
                answer("null", OPENED, NOT),
                answer("null", BOTH, NOT),
                answer("null", BOTH, LATER),
                answer("\"finished\"", BOTH, LATER));

        assertThat(answered(() -> true, false, answers, "--for", "10m")).isEqualTo(ExitCode.OK);

        assertThat(asked)
                .containsExactly(
                        "walktest begin 600",
                        "walktest look 7",
                        "walktest look 7",
                        "walktest look 7",
                        "walktest look 7",
                        "walktest end 7");
        assertThat(out.lines())
                .containsExactly(
                        "open and close each of 2 sensors; this ends after 10 min, or with Ctrl-C",
                        "21:14:03  door  Front door opened",
                        "21:14:06  door  Front door closed: works",
                        "1 not yet moved",
                        "21:14:59  box  Box closed",
                        "21:15:00  box  Box opened: works",
                        "0 not yet moved",
                        "all 2 sensors were moved and seen");
    }

    @Test
    void terminalRingsAndListsWhatIsMissing() throws Exception {
        List<String> answers =
                List.of(answer("null", NOT, NOT), answer("null", OPENED, NOT), answer("\"armed\"", OPENED, NOT));

        assertThat(answered(() -> true, true, answers)).isEqualTo(ExitCode.FAILED);

        assertThat(out)
                .isEqualTo("open and close each of 2 sensors; this ends after 30 min, or with Ctrl-C\n"
                        + "2 not yet moved:\n  door  Front door (closed)\n  box  Box (ok)\n"
                        + "\r\u001b[3A\u001b[J21:14:03  door  Front door opened\n\u0007"
                        + "2 not yet moved:\n  door  Front door (closed), opened, not yet closed\n  box  Box (ok)\n"
                        + "\r\u001b[3A\u001b[J"
                        + "walk test over, the panel is no longer disarmed: 0 of 2 sensors moved; not moved:\n"
                        + "  door  Front door (closed), opened, not yet closed\n  box  Box (ok)\n");
    }

    @Test
    void quietDoesNotRing() throws Exception {
        List<String> answers = List.of(answer("null", NOT, NOT), answer("\"time_over\"", OPENED, NOT));
        assertThat(answered(() -> true, true, answers, "--quiet")).isEqualTo(ExitCode.TIMED_OUT);
        assertThat(out).doesNotContain("\u0007").contains("its time is over: 0 of 2 sensors moved");
    }

    @Test
    void signalEndsTheTest() throws Exception {
        List<String> answers = List.of(answer("null", NOT, NOT), answer("\"stopped\"", BOTH, NOT));
        assertThat(answered(() -> false, false, answers)).isEqualTo(ExitCode.FAILED);
        assertThat(asked).endsWith("walktest end 7");
        assertThat(out).endsWith("it was stopped: 1 of 2 sensors moved; not moved:\n  box  Box (ok)\n");
    }

    @Test
    void refusalSaysWhatToDo() throws Exception {
        assertThat(answered(() -> true, false, List.of("refused not_disarmed"))).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("while the panel is armed").contains("reedgate disarm");
        assertThat(answered(() -> true, false, List.of("refused running"))).isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("another walk test runs");
        assertThat(answered(() -> true, false, List.of("error unknown request; 'status' is known")))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("restart it");
    }

    @Test
    void gatewayThatGoesAwayEndsTheTest() throws Exception {
        assertThat(answered(() -> true, false, List.of(answer("null", BOTH, NOT))))
                .isEqualTo(ExitCode.FAILED);
        assertThat(out).contains("not moved:\n  box  Box (ok)");
        assertThat(err).contains("the gateway has stopped or started anew");
        assertThat(answered(() -> true, false, List.of(answer("null", BOTH, NOT), "refused unknown")))
                .isEqualTo(ExitCode.FAILED);
        assertThat(err).contains("started anew");
    }

    @Test
    void withoutAGatewayNothingAnswers() {
        assertThat(run(() -> true, false)).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(err).contains("no gateway answers at");
    }

    @Test
    void timeOutOfRangeIsRefused() {
        assertThat(run(() -> true, false, "--for", "2h")).isEqualTo(ExitCode.USAGE);
        assertThat(err).contains("allowed: 1s to 1h");
    }
}
