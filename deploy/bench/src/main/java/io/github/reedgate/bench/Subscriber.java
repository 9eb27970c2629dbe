package io.github.reedgate.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber on a plain socket: stamps the time right after each read, before it looks at what came. Its thread reads and
 * acknowledges; the methods are for one other thread.
 */
final class Subscriber implements AutoCloseable {

    private static final int LIMIT_SECONDS = 10;

    private final Socket socket;
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private volatile @Nullable String failure;

    private Subscriber(Socket socket) {
        this.socket = socket;
    }

    /**
     * Connects and subscribes with QoS 1; returns once the broker has confirmed it.
     *
     * @throws BenchException if it does not within ten seconds
     */
    static Subscriber start(int port, String clientId, String filter) {
        try {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            Subscriber subscriber = new Subscriber(socket);
            Thread thread = new Thread(() -> subscriber.read(filter), "subscriber");
            thread.setDaemon(true);
            thread.start();
            socket.getOutputStream().write(Packets.connect(clientId));
            if (!subscriber.subscribed.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new BenchException("the broker on port " + port + " did not confirm the subscription to " + filter
                        + " within " + LIMIT_SECONDS + " s: " + subscriber.failure);
            }
            return subscriber;
        } catch (IOException e) {
            throw new BenchException("cannot subscribe on port " + port, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while subscribing", e);
        }
    }

    private void read(String filter) {
        byte[] bytes = new byte[1 << 16];
        ByteBuffer received = ByteBuffer.wrap(bytes);
        try {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            while (true) {
                int count = in.read(bytes, received.position(), received.remaining());
                long atNanos = System.nanoTime();
                if (count < 0) {
                    failure = "the broker closed the connection";
                    return;
                }
                received.position(received.position() + count).flip();
                Optional<Packets.Packet> packet = Packets.next(received);
                while (packet.isPresent()) {
                    take(packet.get(), atNanos, filter, out);
                    packet = Packets.next(received);
                }
                received.compact();
            }
        } catch (IOException | BenchException e) {
            failure = e.toString();
        }
    }

    private void take(Packets.Packet packet, long atNanos, String filter, OutputStream out) throws IOException {
        if (packet.type() == Packets.PUBLISH) {
            Packets.Publish publish = Packets.publish(packet);
            if (publish.packetId() != 0) {
                out.write(Packets.puback(publish.packetId()));
            }
            arrivals.add(new Arrival(publish.topic(), publish.payload(), publish.seq(), atNanos));
        } else if (packet.type() == Packets.CONNACK) {
            int reason = packet.body().get(1);
            if (reason != 0) {
                throw new BenchException("the broker refused the connection with reason " + reason);
            }
            out.write(Packets.subscribe(filter));
        } else if (packet.type() == Packets.SUBACK) {
            subscribed.countDown();
        }
    }

    /**
     * The next arrivals, in order, waiting until there are that many.
     *
     * @throws BenchException if they have not all come when the time is over
     */
    List<Arrival> take(int count, Duration limit) {
        List<Arrival> taken = new ArrayList<>(count);
        long endNanos = System.nanoTime() + limit.toNanos();
        while (taken.size() < count) {
            Optional<Arrival> next = next(endNanos - System.nanoTime());
            if (next.isEmpty()) {
                throw new BenchException("only " + taken.size() + " of " + count + " messages arrived within "
                        + limit.toSeconds() + " s" + (failure == null ? "" : ": " + failure));
            }
            taken.add(next.get());
        }
        return taken;
    }

    /** All that comes until nothing has for that time. */
    List<Arrival> takeUntilQuiet(Duration quiet) {
        List<Arrival> taken = new ArrayList<>();
        Optional<Arrival> next = next(quiet.toNanos());
        while (next.isPresent()) {
            taken.add(next.get());
            next = next(quiet.toNanos());
        }
        return taken;
    }

    private Optional<Arrival> next(long nanos) {
        try {
            return Optional.ofNullable(arrivals.poll(nanos, TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted while waiting for messages", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new BenchException("the subscriber's socket did not close", e);
        }
    }
}
