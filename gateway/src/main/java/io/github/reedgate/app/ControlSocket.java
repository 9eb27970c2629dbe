package io.github.reedgate.app;

import io.github.reedgate.core.Event;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket {@code control.sock} in the state folder, through which commands on the same machine talk to the gateway. Only
 * the gateway's own user (and root) may connect. One request a connection, one line each way:
 *
 * <pre>
 * test-alarm SECONDS     ok MILLISECONDS        the broker acknowledged the test alarm after that time
 *                        late                   it did not within SECONDS (1 to 600); the alarm is kept and sent later
 * anything else          error REASON
 * </pre>
 *
 * One daemon thread serves one connection after another.
 */
final class ControlSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    private static final int LIMIT_BYTES = 256;

    private final Path path;
    private final ServerSocketChannel server;
    private final InputQueue queue;
    private final AtomicLong lastRequest = new AtomicLong();
    private final Map<Long, CompletableFuture<Boolean>> waiting = new ConcurrentHashMap<>();

    private ControlSocket(Path path, ServerSocketChannel server, InputQueue queue) {
        this.path = path;
        this.server = server;
        this.queue = queue;
    }

    /** Opens the socket, replacing one that an earlier run left behind, and serves it. */
    static ControlSocket open(Path path, InputQueue queue) throws IOException {
        Files.deleteIfExists(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        ControlSocket socket = new ControlSocket(path, server, queue);
        Thread thread = new Thread(socket::serve, "control-socket");
        thread.setDaemon(true);
        thread.start();
        return socket;
    }

    /** The message that a request asked for was acknowledged; called by the loop thread. */
    void delivered(long requestId) {
        CompletableFuture<Boolean> answer = waiting.remove(requestId);
        if (answer != null) {
            answer.complete(true);
        }
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                String answer = answer(readLine(client));
                client.write(ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
                LOG.debug("control connection ended: {}", e.toString());
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("a control request failed", e);
            }
        }
    }

    private static String readLine(SocketChannel client) throws IOException {
        byte[] bytes = Channels.newInputStream(client).readNBytes(LIMIT_BYTES);
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }

    private String answer(String request) throws InterruptedException {
        String[] words = request.split(" ", -1);
        if (words.length != 2 || !words[0].equals("test-alarm") || !words[1].matches("[0-9]{1,3}")) {
            return "error unknown request; 'test-alarm SECONDS' is known";
        }
        int seconds = Math.max(1, Math.min(600, Integer.parseInt(words[1])));
        long id = lastRequest.incrementAndGet();
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        long startNanos = System.nanoTime();
        queue.offer(new Input.Core(new Event.TestRequested(id)));
        try {
            answer.get(seconds, TimeUnit.SECONDS);
            return "ok " + (System.nanoTime() - startNanos) / 1_000_000;
        } catch (TimeoutException | ExecutionException e) {
            waiting.remove(id);
            return "late";
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
    }
}
