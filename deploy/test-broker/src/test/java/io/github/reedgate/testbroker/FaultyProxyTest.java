package io.github.reedgate.testbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lets a byte travel through the proxy while it is healthy, and shows how it does not travel otherwise. */
@Timeout(30)
class FaultyProxyTest {

    private ServerSocket server = serverSocket();
    private FaultyProxy proxy = new FaultyProxy("127.0.0.1", server.getLocalPort());

    private static ServerSocket serverSocket() {
        try {
            return new ServerSocket(0, 10, Ports.LOOPBACK);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Socket connect() throws IOException {
        return new Socket(Ports.LOOPBACK, proxy.port());
    }

    @BeforeEach
    void limitAccept() throws IOException {
        server.setSoTimeout(10_000);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void passesBytesBothWaysAndTheEnd() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            client.getOutputStream().write(1);
            assertThat(accepted.getInputStream().read()).isEqualTo(1);
            accepted.getOutputStream().write(2);
            assertThat(client.getInputStream().read()).isEqualTo(2);
            client.shutdownOutput();
            assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void cutResetsBothSidesAndTakesNewConnections() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            proxy.cut();
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(() -> accepted.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        try (Socket again = connect();
                Socket accepted = server.accept()) {
            again.getOutputStream().write(3);
            assertThat(accepted.getInputStream().read()).isEqualTo(3);
        }
    }

    @Test
    void freezeHoldsBytesBackUntilThaw() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            proxy.freeze();
            client.getOutputStream().write(4);
            accepted.setSoTimeout(200);
            assertThatThrownBy(() -> accepted.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            accepted.setSoTimeout(10_000);
            proxy.thaw();
            assertThat(accepted.getInputStream().read()).isEqualTo(4);
        }
    }

    @Test
    void cutWorksWhileFrozen() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            proxy.freeze();
            client.getOutputStream().write(5);
            proxy.cut();
            assertThatThrownBy(() -> accepted.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void refuseLeavesOldConnectionsAloneAndAcceptUndoesIt() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            proxy.refuse();
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            client.getOutputStream().write(6);
            assertThat(accepted.getInputStream().read()).isEqualTo(6);
        }
        proxy.accept();
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            client.getOutputStream().write(7);
            assertThat(accepted.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void slowLetsOnlySoManyBytesThroughUntilItIsFastAgain() throws IOException {
        try (Socket client = connect();
                Socket accepted = server.accept()) {
            proxy.slow(1_000);
            long startNanos = System.nanoTime();
            client.getOutputStream().write(new byte[600]);
            assertThat(accepted.getInputStream().readNBytes(600)).hasSize(600);
            assertThat(System.nanoTime() - startNanos)
                    .as("nanoseconds; the last of five pieces waits for those before it")
                    .isGreaterThan(400_000_000L);
            client.getOutputStream().write(new byte[20_000]);
            proxy.slow(0);
            assertThat(accepted.getInputStream().readNBytes(20_000)).hasSize(20_000);
            assertThat(System.nanoTime() - startNanos).isLessThan(10_000_000_000L);
        }
    }

    @Test
    void someConnectsAreRefusedAndTheOthersWork() throws IOException {
        proxy.refuseSome(0.3, 7);
        int refused = 0;
        for (int i = 0; i < 40; i++) {
            try (Socket client = connect()) {
                client.setSoTimeout(10_000);
                client.getOutputStream().write(8);
                client.shutdownOutput();
                refused += isReset() ? 1 : 0;
            } catch (SocketException e) {
                refused++; // before it could write
            }
        }
        assertThat(refused).isBetween(5, 20);
    }

    /** Reads what the server's side, which is closed at once, sends: the end, or a reset. */
    private boolean isReset() throws IOException {
        server.setSoTimeout(300);
        try (Socket accepted = server.accept()) {
            return accepted.getInputStream().read() != 8;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    @Test
    void clientIsResetIfTheTargetRefuses() throws IOException {
        server.close();
        try (Socket client = connect()) {
            client.setSoTimeout(10_000);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }
}
