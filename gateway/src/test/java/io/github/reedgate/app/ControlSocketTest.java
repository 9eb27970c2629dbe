package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.core.Input;
import io.github.reedgate.core.StepOutput;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The control socket and those who mean it well, badly or nothing at all. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ControlSocketTest {

    private static final String UNKNOWN = "error unknown request; 'test-alarm SECONDS', 'arm MODE [SENSORS]', 'disarm',"
            + " 'ack', 'status' and 'walktest begin SECONDS' are known";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final InputQueue queue = new InputQueue(10);
    private final ControlRequests requests = new ControlRequests(queue, Duration.ofSeconds(20));

    @SuppressWarnings("NullAway.Init")
    private ControlSocket socket;

    @BeforeEach
    void open() throws IOException {
        socket = ControlSocket.open(path(), requests, Duration.ofSeconds(60));
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        assertThat(path()).doesNotExist();
    }

    @Test
    void testAlarmIsAnsweredOnceTheBrokerHasIt() throws Exception {
        try (SocketChannel client = connect()) {
            send(client, "test-alarm 30\n");

            deliverNext();

            assertThat(answer(client)).matches("ok [0-9]+\n");
        }
    }

    @Test
    void testAlarmThatIsNotAcknowledgedInTimeIsLateAndItsAnswerThenIgnored() throws Exception {
        try (SocketChannel client = connect()) {
            send(client, "test-alarm 1\n");
            long request = nextRequest();

            assertThat(answer(client)).isEqualTo("late\n");
            requests.delivered(request);
            requests.delivered(4711);
        }
    }

    @Test
    void requestWithoutEndOfLineCountsOnceTheStreamEnds() throws Exception {
        try (SocketChannel client = connect()) {
            send(client, "test-alarm 30");
            client.shutdownOutput();

            deliverNext();

            assertThat(answer(client)).startsWith("ok ");
        }
    }

    @Test
    void whatIsNoRequestIsAnsweredWithThoseThatAre() throws IOException {
        for (String line : List.of(
                "",
                "\n",
                "help\n",
                "test-alarm\n",
                "test-alarm  5\n",
                "test-alarm -5\n",
                "test-alarm 5 5\n",
                "test-alarm 1000\n",
                "TEST-ALARM 5\n",
                "test-alarm ٣\n",
                "test-alarm 5\0\n",
                "arm\n",
                "arm vacation\n",
                "arm away front/door\n",
                "arm away a,,b\n",
                "arm away a b\n",
                "disarm now\n",
                "ack 1\n",
                "status --json\n",
                "\0\0\0\n")) {
            assertThat(ask(line.getBytes(StandardCharsets.UTF_8))).as(line).isEqualTo(UNKNOWN + "\n");
        }
    }

    @Test
    void longAndBinaryRequestsAreAnsweredAndForgotten() throws IOException {
        byte[] endless = new byte[100_000];
        java.util.Arrays.fill(endless, (byte) 'a');
        assertThat(ask(endless)).isEqualTo(UNKNOWN + "\n");
        Random random = new Random(5);
        for (int i = 0; i < 50; i++) {
            byte[] garbage = new byte[random.nextInt(3_000)];
            random.nextBytes(garbage);
            assertThat(ask(garbage)).as("garbage %d of seed 5", i).isEqualTo(UNKNOWN + "\n");
        }
    }

    @Test
    void clientThatSaysNothingIsCutOff() throws IOException {
        socket.close();
        socket = ControlSocket.open(path(), requests, Duration.ofSeconds(2));
        try (SocketChannel silent = connect()) {
            send(silent, "test-al");

            assertThat(answer(silent)).as("closed without an answer").isEmpty();
        }
    }

    @Test
    void silentClientsKeepNobodyOut() throws Exception {
        List<SocketChannel> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 7; i++) {
                silent.add(connect());
            }
            try (SocketChannel client = connect()) {
                send(client, "test-alarm 30\n");
                deliverNext();
                assertThat(answer(client)).startsWith("ok ");
            }
        } finally {
            for (SocketChannel one : silent) {
                one.close();
            }
        }
    }

    @Test
    void tooManyAtOnceAreToldSoAndFreePlacesAreTakenAgain() throws Exception {
        List<SocketChannel> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                SocketChannel client = connect();
                waiting.add(client);
                send(client, "test-alarm 30\n");
            }
            List<Long> numbers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                numbers.add(nextRequest());
            }
            try (SocketChannel ninth = connect()) {
                assertThat(answer(ninth)).startsWith("error 8 requests are being answered already");
            }
            numbers.forEach(requests::delivered);
            for (SocketChannel client : waiting) {
                assertThat(answer(client)).startsWith("ok ");
            }
        } finally {
            for (SocketChannel client : waiting) {
                client.close();
            }
        }
        assertThat(untilAnswered("help\n")).isEqualTo(UNKNOWN + "\n");
    }

    @Test
    void onlyTheOwnerMayConnect() throws IOException {
        assertThat(Files.getPosixFilePermissions(path())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void socketLeftByAGatewayThatWasKilledIsReplaced() throws IOException {
        Path left = folder.resolve("left.sock");
        Files.writeString(left, "not even a socket");
        try (ControlSocket again = ControlSocket.open(left, requests)) {
            assertThat(again).isNotNull();
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(left))) {
                send(client, "help\n");
                assertThat(answer(client)).isEqualTo(UNKNOWN + "\n");
            }
        }
    }

    /** A place is free a moment after the answer that freed it. */
    private String untilAnswered(String line) throws IOException {
        String answer = ask(line.getBytes(StandardCharsets.UTF_8));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (answer.startsWith("error 8") && System.nanoTime() - end < 0) {
            answer = ask(line.getBytes(StandardCharsets.UTF_8));
        }
        return answer;
    }

    private void deliverNext() throws InterruptedException {
        requests.delivered(nextRequest());
    }

    /** Takes the next request out of the queue; its test alarm is then on disk. */
    private long nextRequest() throws InterruptedException {
        LoopInput input = queue.poll(TimeUnit.SECONDS.toNanos(20));
        assertThat(input).isInstanceOf(LoopInput.Core.class);
        Input event = ((LoopInput.Core) java.util.Objects.requireNonNull(input)).input();
        long request = ((Input.TestRequested) event).requestId();
        requests.raised(new StepOutput.TestRaised(request, 101), true);
        return request;
    }

    private String ask(byte[] request) throws IOException {
        try (SocketChannel client = connect()) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(request);
                while (bytes.hasRemaining()) {
                    client.write(bytes);
                }
                client.shutdownOutput();
            } catch (IOException e) {
                // the gateway has read enough and closed; its answer is there all the same
                assertThat(request.length).isGreaterThan(2_048);
            }
            return answer(client);
        }
    }

    private SocketChannel connect() throws IOException {
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
        client.connect(UnixDomainSocketAddress.of(path()));
        return client;
    }

    private static void send(SocketChannel client, String text) throws IOException {
        client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String answer(SocketChannel client) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4_096);
        int count = client.read(bytes);
        while (count >= 0 && bytes.position() > 0 && bytes.get(bytes.position() - 1) != '\n') {
            count = client.read(bytes);
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    private Path path() {
        return folder.resolve("control.sock");
    }
}
