package io.github.reedgate.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.testbroker.Account;
import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Brokers that refuse, do not answer or hang up. */
final class BrokerTroubleIT {

    private static final Account GATEWAY = Account.unlimited("gateway", "correct horse battery staple");
    private static final Account PHONE = Account.unlimited("phone", "another secret");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void wrongPasswordIsToldOnceAndMendedByCorrectingTheFile() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "wrong horse\n");
        try (TestBroker broker =
                        TestBroker.started(BrokerOptions.plain().with(GATEWAY).with(PHONE));
                Subscriber phone = Subscriber.connected(broker.port(), "phone", Optional.of(PHONE));
                RunningGateway gateway =
                        RunningGateway.started(folder, Yaml.frontDoor(broker.port(), "gateway", password.toString()))) {
            Waiting.until("it is told", () -> !gateway.loggedLines("WARN").isEmpty());
            gateway.succeeds("sim", "open", "front_door");
            Waiting.until(
                    "a second attempt is refused as well",
                    Duration.ofSeconds(15),
                    () -> !phone.on("availability").isEmpty() || secondsSince(password) > 8);
            assertThat(phone.all()).isEmpty();
            assertThat(gateway.loggedLines("password")).as(gateway.logged()).hasSize(1);
            assertThat(gateway.logged()).doesNotContain("wrong horse");

            Files.writeString(password, GATEWAY.password() + "\n");

            phone.awaitLast("availability", "online");
            phone.awaitLast("front_door/state", "open");
            Waiting.until("the opening during it", () -> phone.alarmIds().size() == 1);
            assertThat(gateway.logged()).doesNotContain(GATEWAY.password());
        }
    }

    private static long secondsSince(Path written) {
        try {
            return Duration.between(Files.getLastModifiedTime(written).toInstant(), java.time.Instant.now())
                    .toSeconds();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBrokerThatNeverAnswersIsToldAndSensingGoesOn() throws IOException {
        try (DeafServer mute = DeafServer.mute();
                RunningGateway gateway = RunningGateway.started(
                        folder,
                        Yaml.frontDoor(mute.port()).replace("  retry:\n", "  connect_timeout: 2s\n  retry:\n"))) {
            Waiting.until("a connection", () -> mute.connections() > 0);
            gateway.succeeds("sim", "open", "front_door");
            assertThat(gateway.succeeds("sim", "status")).contains("open");
            Waiting.until("it is told", () -> !gateway.loggedLines("WARN").isEmpty());
            Waiting.until("it tries again", () -> mute.connections() > 1);
            assertThat(gateway.loggedLines("WARN")).as(gateway.logged()).hasSize(1);

            assertThat(gateway.terminate()).isIn(0, 143);
        }
    }

    @Test
    void aBrokerThatHangsUpAtOnceIsTriedForEver() throws IOException {
        try (DeafServer rude = DeafServer.rude();
                RunningGateway gateway = RunningGateway.started(folder, Yaml.frontDoor(rude.port()))) {
            Waiting.until("five attempts", () -> rude.connections() >= 5);
            assertThat(gateway.loggedLines("WARN")).as(gateway.logged()).hasSize(1);

            assertThat(gateway.terminate()).isIn(0, 143);
        }
    }

    @Test
    void testAlarmWithoutBrokerSaysThatItIsKept() throws IOException {
        try (DeafServer mute = DeafServer.mute();
                RunningGateway gateway = RunningGateway.started(folder, Yaml.frontDoor(mute.port()))) {
            Waiting.until("a connection", () -> mute.connections() > 0);

            Installation.Ended ended = gateway.command("test-alarm", "--timeout", "1");

            assertThat(ended.code()).isEqualTo(6);
            assertThat(ended.err()).contains("within 1 s").contains("kept");
        }
    }

    /** Accepts TCP connections and says nothing, or hangs up. */
    private static final class DeafServer implements AutoCloseable {

        private final ServerSocket server;
        private final boolean hangsUp;
        private final List<Socket> accepted = new CopyOnWriteArrayList<>();

        private DeafServer(boolean hangsUp) throws IOException {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            this.hangsUp = hangsUp;
            Thread thread = new Thread(this::serve, "deaf-server");
            thread.setDaemon(true);
            thread.start();
        }

        static DeafServer mute() throws IOException {
            return new DeafServer(false);
        }

        static DeafServer rude() throws IOException {
            return new DeafServer(true);
        }

        private void serve() {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    accepted.add(socket);
                    if (hangsUp) {
                        socket.close();
                    }
                } catch (IOException e) {
                    return; // closed
                }
            }
        }

        int port() {
            return server.getLocalPort();
        }

        int connections() {
            return accepted.size();
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket socket : accepted) {
                socket.close();
            }
        }
    }
}
