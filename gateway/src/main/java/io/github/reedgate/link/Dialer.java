package io.github.reedgate.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first of several addresses that accepts (RFC 8305, section 5): the next one is begun with 250 ms after the
 * one before, or as soon as that has failed. The others are closed. Blocks; one call is used by one thread.
 */
public final class Dialer {

    private static final Duration HEAD_START = Duration.ofMillis(250);

    private Dialer() {}

    /**
     * How it went.
     *
     * @param socket the connection, for the caller to close; null if there is none
     * @param failures why an address failed, in the order in which they did
     */
    public record Dialled(@Nullable Socket socket, Map<InetAddress, IOException> failures) {}

    /** One address, and how it went there. */
    private record Try(
            InetAddress address, Socket socket, @Nullable IOException failure) {}

    /**
     * Which address accepts connections.
     *
     * @param address the first that accepted one
     * @param failures why an address failed, in the order in which they did
     */
    public record Answering(Optional<InetAddress> address, Map<InetAddress, IOException> failures) {}

    /**
     * Looks for the first address that accepts a connection, which is closed at once.
     *
     * @param addresses in the order in which they are tried
     * @param limit how long all of it may take
     */
    public static Answering answering(List<InetAddress> addresses, int port, Duration limit)
            throws InterruptedException {
        Dialled dialled = dial(addresses, port, limit);
        Socket socket = dialled.socket();
        if (socket == null) {
            return new Answering(Optional.empty(), dialled.failures());
        }
        InetAddress found = socket.getInetAddress();
        close(socket);
        return new Answering(addresses.stream().filter(found::equals).findFirst(), dialled.failures());
    }

    /**
     * Connects.
     *
     * @param addresses in the order in which they are tried
     * @param limit how long all of it may take
     */
    public static Dialled dial(List<InetAddress> addresses, int port, Duration limit) throws InterruptedException {
        long endNanos = System.nanoTime() + limit.toNanos();
        BlockingQueue<Try> done = new LinkedBlockingQueue<>();
        List<Socket> begun = new ArrayList<>();
        Map<InetAddress, IOException> failures = new LinkedHashMap<>();
        @Nullable Socket winner = null;
        try {
            while (winner == null && failures.size() < addresses.size() && endNanos - System.nanoTime() > 0) {
                long waitNanos = endNanos - System.nanoTime();
                if (begun.size() < addresses.size()) {
                    begun.add(begin(new InetSocketAddress(addresses.get(begun.size()), port), limit, done));
                    waitNanos = Math.min(waitNanos, HEAD_START.toNanos());
                }
                Try ended = done.poll(waitNanos, TimeUnit.NANOSECONDS);
                if (ended != null) {
                    IOException failure = ended.failure();
                    if (failure == null) {
                        winner = ended.socket();
                    } else {
                        failures.put(ended.address(), failure);
                    }
                }
            }
        } finally {
            Socket kept = winner;
            begun.stream().filter(each -> each != kept).forEach(Dialer::close);
        }
        return new Dialled(winner, failures);
    }

    private static Socket begin(InetSocketAddress address, Duration limit, BlockingQueue<Try> done) {
        Socket socket = new Socket();
        Thread thread = new Thread(
                () -> {
                    try {
                        socket.connect(address, (int) limit.toMillis());
                        done.add(new Try(address.getAddress(), socket, null));
                    } catch (IOException e) {
                        done.add(new Try(address.getAddress(), socket, e));
                    }
                },
                "dial");
        thread.setDaemon(true);
        thread.start();
        return socket;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing was sent on it
        }
    }
}
