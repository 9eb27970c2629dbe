package io.github.reedgate.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * One connection to the simulator's control socket, kept open: a move takes no process of its own and no new file descriptor
 * in the gateway. Safe for use by any thread; one request at a time.
 */
final class SimWire implements AutoCloseable {

    private final SocketChannel channel;
    private final BufferedReader reader;

    private SimWire(SocketChannel channel) {
        this.channel = channel;
        this.reader = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    /** Connects to the socket at that path. */
    static SimWire open(Path socket) {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new SimWire(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("no simulator at " + socket, e);
        }
    }

    /**
     * Sends a request and waits for its answer; an AssertionError if it is refused.
     *
     * @throws IOException if the gateway ended meanwhile
     */
    synchronized String ask(String request) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        String first = reader.readLine();
        String more = first;
        while (more != null && !more.isEmpty()) {
            more = reader.readLine();
        }
        if (first == null || more == null) {
            throw new IOException("the simulator ended while it was asked to " + request);
        }
        if (!first.startsWith("ok")) {
            throw new AssertionError(request + ": " + first);
        }
        return first;
    }

    /** What a socket answers in one line to a request on a connection of its own, as the gateway's does; empty if it ended. */
    static String answer(Path socket, String request) {
        try (SimWire wire = open(socket)) {
            wire.channel.write(ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8)));
            String line = wire.reader.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException("no answer at " + socket, e);
        }
    }

    /** Plays a scenario to its end. */
    void play(String scenario) throws IOException {
        ask("play\n" + scenario.strip() + "\n.");
        while (ask("play wait").contains("playing")) {
            Thread.onSpinWait(); // each request waits for ten seconds by itself
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
