package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A name with many addresses, of which some are dead. */
@Timeout(60)
class ManyAddressesIT {

    private static final String CONNACK = "20 03 00 00 00";

    private static InetAddress sixLoopback() throws IOException {
        byte[] address = new byte[16];
        address[15] = 1;
        return InetAddress.getByAddress(address);
    }

    /** A broker on ::1 only. */
    private static ServerSocket onSixOnly() throws IOException {
        ServerSocket server = new ServerSocket(0, 10, sixLoopback());
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    RawServer.readSome(client);
                    RawServer.write(client, CONNACK);
                    RawServer.readUntilEnd(client);
                } catch (IOException e) {
                    // the next one
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static LinkProbe probe(int port, Resolver resolver) {
        TestSettings settings = TestSettings.url("mqtt://broker.test:" + port);
        LinkProbe probe = new LinkProbe(LinkProbe.quick(settings.build(), "gate"), resolver);
        probe.start();
        return probe;
    }

    private static Resolver giving(String... addresses) {
        return host -> {
            assertThat(host).isEqualTo("broker.test");
            return AddressesTest.ips(addresses);
        };
    }

    @Test
    void firstAddressThatRefusesIsPassedOverAtOnceAndWithoutAWord() throws IOException {
        try (ServerSocket server = onSixOnly();
                LinkProbe probe = probe(server.getLocalPort(), giving("127.0.0.1", "127.0.0.2", "::1"))) {
            assertThat(probe.next()).isInstanceOf(LinkEvent.Up.class);
        }
    }

    @Test
    void firstAddressThatIsSilentCostsTwoSeconds() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.3"));
                ServerSocket server = onSixOnlyAt(full.getLocalPort());
                Socket one = filling(full);
                Socket two = filling(full)) {
            long beginNanos = System.nanoTime();
            try (LinkProbe probe = probe(full.getLocalPort(), giving("127.0.0.3", "::1"))) {
                assertThat(probe.next()).isInstanceOf(LinkEvent.Up.class);
            }
            assertThat(one.isClosed() || two.isClosed()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - beginNanos)).isGreaterThan(Duration.ofSeconds(1));
            assertThat(server.isClosed()).isFalse();
        }
    }

    /** Nobody accepts: when the queue is full, the kernel answers no more. */
    private static Socket filling(ServerSocket full) throws IOException {
        Socket socket = new Socket();
        socket.connect(full.getLocalSocketAddress(), 2_000);
        return socket;
    }

    private static ServerSocket onSixOnlyAt(int port) {
        try {
            ServerSocket server = new ServerSocket();
            server.bind(new InetSocketAddress(sixLoopback(), port));
            Thread thread = new Thread(() -> {
                try (Socket client = server.accept()) {
                    RawServer.readSome(client);
                    RawServer.write(client, CONNACK);
                    RawServer.readUntilEnd(client);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void allDeadAddressesAreNamed() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (LinkProbe probe = probe(port, giving("127.0.0.1", "::1"))) {
            LinkEvent.Down down = probe.down();
            assertThat(down.trouble()).isEqualTo(LinkTrouble.NETWORK);
            assertThat(down.message()).contains("broker.test:" + port, "tried 127.0.0.1, 0:0:0:0:0:0:0:1");
        }
    }

    @Test
    void resolverThatHangsIsToldAndStopDoesNotWaitForIt() {
        CountDownLatch never = new CountDownLatch(1);
        Resolver hanging = host -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        };
        TestSettings settings = TestSettings.url("mqtt://broker.test").withConnectTimeout(Duration.ofSeconds(1));
        try (LinkProbe probe = new LinkProbe(LinkProbe.quick(settings.build(), "gate"), hanging)) {
            probe.start();
            LinkEvent.Down down = probe.down();
            assertThat(down.trouble()).isEqualTo(LinkTrouble.NETWORK);
            assertThat(down.message()).contains("broker.test:1883", "name service did not answer within 1 s");
        } finally {
            never.countDown();
        }
    }

    @Test
    void nameWithoutAnAddressIsToldAndTriedAgain() {
        Resolver none = host -> {
            throw new UnknownHostException(host);
        };
        try (LinkProbe probe = probe(1883, none)) {
            assertThat(probe.down().message()).contains("no address is known", "check the name and DNS");
            assertThat(probe.down().trouble()).isEqualTo(LinkTrouble.NETWORK);
        }
    }
}
