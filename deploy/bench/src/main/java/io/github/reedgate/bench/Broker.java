package io.github.reedgate.bench;

import io.github.reedgate.testbroker.BrokerOptions;
import io.github.reedgate.testbroker.TestBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The broker, a process of its own on a free port of loopback; ends with {@link #close}. */
final class Broker implements AutoCloseable {

    private static final Path MOSQUITTO = Path.of("/usr/sbin/mosquitto");
    private static final long LIMIT_NANOS = 30_000_000_000L;
    private static final long POLL_NANOS = 20_000_000L;

    private final Kind kind;
    private final Child process;
    private final int port;

    /** Which broker. */
    enum Kind {
        /** Debian's mosquitto, which keeps nothing on disk. */
        MOSQUITTO,
        /** HiveMQ CE in a JVM of its own. */
        EMBEDDED
    }

    private Broker(Kind kind, Child process, int port) {
        this.kind = kind;
        this.process = process;
        this.port = port;
    }

    /** Mosquitto if it is installed. */
    static Kind usual() {
        return Files.isExecutable(MOSQUITTO) ? Kind.MOSQUITTO : Kind.EMBEDDED;
    }

    /** Starts it and waits until it accepts connections. */
    static Broker start(Kind kind, Path folder) {
        if (kind == Kind.EMBEDDED) {
            List<String> options = List.of("-Xmx512m", "-cp", System.getProperty("java.class.path"));
            Child process = Child.java("broker", folder, options, "broker");
            return new Broker(kind, process, Integer.parseInt(process.line()));
        }
        try {
            int port = freePort();
            Path configuration = Files.writeString(
                    folder.resolve("mosquitto.conf"),
                    "user " + System.getProperty("user.name") + "\nallow_anonymous true\npersistence false\nlistener "
                            + port + " 127.0.0.1\n");
            Child process =
                    Child.start("broker", folder, List.of(MOSQUITTO.toString(), "-c", configuration.toString()));
            Broker broker = new Broker(kind, process, port);
            broker.awaitOpen();
            return broker;
        } catch (IOException e) {
            throw new BenchException("the broker's configuration can't be written", e);
        }
    }

    /** The process of the embedded broker: prints its port and serves until standard input ends. */
    static void serve() throws IOException {
        try (TestBroker broker = TestBroker.started(BrokerOptions.plain())) {
            System.out.println(broker.port());
            System.out.flush();
            System.in.readAllBytes();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitOpen() {
        long endNanos = System.nanoTime() + LIMIT_NANOS;
        while (!isOpen()) {
            if (!process.isAlive() || System.nanoTime() - endNanos > 0) {
                process.terminate();
                throw new BenchException("mosquitto does not accept connections on port " + port);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private boolean isOpen() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    String name() {
        return kind == Kind.MOSQUITTO ? "mosquitto without persistence" : "HiveMQ CE in a JVM of its own";
    }

    @Override
    public void close() {
        if (kind == Kind.MOSQUITTO) {
            process.terminate();
        } else {
            process.close();
        }
    }
}
