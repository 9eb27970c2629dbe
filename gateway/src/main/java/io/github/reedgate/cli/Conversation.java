package io.github.reedgate.cli;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A connection to a socket in a state folder, with bounds of our own: whoever listens there can neither keep a command waiting
 * for ever nor fill its memory. Used by one thread, which blocks.
 */
public final class Conversation implements AutoCloseable {

    /** The longest answer that is read. A gateway with all its sensors needs less than a quarter of it. */
    static final int MOST_BYTES = 1024 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer received = ByteBuffer.allocate(8192).flip();
    private int readBytes;

    private Conversation(SocketChannel channel) {
        this.channel = channel;
    }

    /** Something that blocks on the connection. */
    @FunctionalInterface
    public interface Exchange<T> {

        /** Sends and receives. */
        T run() throws IOException;
    }

    /**
     * Connects.
     *
     * @param limit how long that may take
     * @throws IOException if nobody listens there, or nobody lets us in
     */
    public static Conversation with(Path socket, Duration limit) throws IOException {
        Conversation conversation = new Conversation(SocketChannel.open(StandardProtocolFamily.UNIX));
        try {
            conversation.within(limit, () -> conversation.channel.connect(UnixDomainSocketAddress.of(socket)));
            return conversation;
        } catch (IOException | RuntimeException failed) {
            conversation.close();
            throw failed;
        }
    }

    /**
     * Does something on the connection, and closes it if that takes too long.
     *
     * @throws IOException if it fails or took too long
     */
    public <T> T within(Duration limit, Exchange<T> exchange) throws IOException {
        readBytes = 0;
        CompletableFuture<Void> inTime = new CompletableFuture<>();
        CompletableFuture<Void> guard = inTime.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((nothing, late) -> {
                    if (late != null) {
                        cut();
                    }
                });
        try {
            T result = exchange.run();
            if (inTime.complete(null)) {
                return result;
            }
        } catch (IOException e) {
            if (inTime.complete(null)) {
                throw e;
            }
        }
        guard.exceptionally(late -> null).join();
        throw new IOException("no answer within " + Durations.text(limit));
    }

    private void cut() {
        try {
            close();
        } catch (IOException e) {
            // the thread that waits gets its time-out all the same
        }
    }

    /** Sends text; blocks until all of it is sent. */
    public void send(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Says that nothing more will be sent. */
    public void endRequest() throws IOException {
        channel.shutdownOutput();
    }

    /**
     * Receives a line, without its end.
     *
     * @return empty if the other side has ended
     * @throws IOException if what was received within one exchange is longer than {@link #MOST_BYTES}
     */
    public Optional<String> line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (!received.hasRemaining() && !receive()) {
                return line.size() == 0 ? Optional.empty() : Optional.of(line.toString(StandardCharsets.UTF_8));
            }
            byte next = received.get();
            if (next == '\n') {
                return Optional.of(line.toString(StandardCharsets.UTF_8));
            }
            if (++readBytes > MOST_BYTES) {
                throw new IOException("an answer of more than " + MOST_BYTES + " bytes");
            }
            line.write(next);
        }
    }

    private boolean receive() throws IOException {
        received.clear();
        int count = channel.read(received);
        received.flip();
        return count > 0;
    }

    /** Receives a line that has to be there. */
    String wantedLine() throws IOException {
        return line().orElseThrow(() -> new EOFException("the connection was ended without an answer"));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
