package io.github.reedgate.testbroker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports on loopback that stay free while their owner is stopped. Ports that the system hands out for outgoing
 * connections (32768 and above on Linux) are avoided: a client that retries while the broker is stopped could be given
 * the broker's port, and even connect to itself. Tests that run at the same time in several processes take theirs from
 * different ranges, told apart by the system property {@code reedgate.test.fork}.
 */
final class Ports {

    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static final int RANGE = 2_000;
    private static final int RANGES = 6;
    private static final int LOWEST =
            20_000 + RANGE * Math.floorMod(Integer.getInteger("reedgate.test.fork", 0), RANGES);
    private static final int HIGHEST = LOWEST + RANGE;
    private static final int TRIES = 100;
    private static final int CONNECT_MILLIS = 1_000;

    private Ports() {}

    /** Replaces each 0 by a free port. */
    static Map<Transport, Integer> resolve(Map<Transport, Integer> wanted) {
        Map<Transport, Integer> ports = new EnumMap<>(Transport.class);
        for (Map.Entry<Transport, Integer> entry : wanted.entrySet()) {
            int port = entry.getValue();
            while (port == 0 || (entry.getValue() == 0 && ports.containsValue(port))) {
                port = free();
            }
            ports.put(entry.getKey(), port);
        }
        return ports;
    }

    /** A port that nobody listens on now. */
    static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new BrokerException("no free port found between " + LOWEST + " and " + HIGHEST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(LOOPBACK, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** True if somebody accepts connections on the port. */
    static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(LOOPBACK, port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
