package io.github.reedgate.app;

import io.github.reedgate.file.NewFolder;
import io.github.reedgate.file.OrdinaryFile;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The socket {@code control.sock} in the state folder, through which commands on the same machine talk to the gateway. Only
 * the gateway's own user (and root) may connect. One request a connection, one line each way, as {@link Answers}
 * knows them.
 *
 * <p>One daemon thread accepts connections and {@value #CLIENTS} others at most answer them. A client that has not sent its
 * line in time is cut off, so that none can keep the others out.
 */
public final class ControlSocket implements Closeable {

    /** The file's name in the state folder. */
    public static final String NAME = "control.sock";

    /** Answers what is asked. */
    @FunctionalInterface
    public interface Answers {

        /** Answers one request with one line; blocks until there is an answer or it takes too long. */
        String answer(String request) throws InterruptedException;
    }

    /** Not longer than that, since a socket's path is short. */
    private static final String ROOM = ".control";

    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    private static final int LIMIT_BYTES = 2_048;
    private static final int CLIENTS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long ACCEPT_PAUSE_NANOS = 100_000_000L;

    private final Path path;
    private final ServerSocketChannel server;
    private final Answers requests;
    private final Duration patience;
    private final Semaphore places = new Semaphore(CLIENTS);
    private final ExecutorService clients = Executors.newCachedThreadPool(work -> daemon(work, "control-client"));
    private final ScheduledExecutorService limits =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "control-limit"));

    private ControlSocket(Path path, ServerSocketChannel server, Answers requests, Duration patience) {
        this.path = path;
        this.server = server;
        this.requests = requests;
        this.patience = patience;
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Opens the socket, replacing one that an earlier run left behind, and serves it. */
    public static ControlSocket open(Path path, Answers requests) throws IOException {
        return open(path, requests, PATIENCE);
    }

    /**
     * The same with another time limit.
     *
     * @param patience how long a client may take to send its line
     */
    static ControlSocket open(Path path, Answers requests, Duration patience) throws IOException {
        ServerSocketChannel server = bind(path);
        ControlSocket socket = new ControlSocket(path, server, requests, patience);
        daemon(socket::accept, "control-socket").start();
        return socket;
    }

    /** Binds in a folder that nobody else may enter, so that nobody can connect before the socket has its mode. */
    private static ServerSocketChannel bind(Path path) throws IOException {
        if (SocketPath.isTooLong(path)) {
            throw new IOException("its path is too long for a socket; name a state_dir with a shorter path");
        }
        Path room = path.resolveSibling(ROOM);
        Path bound = room.resolve("s");
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            OrdinaryFile.clear(room);
            Files.deleteIfExists(bound);
            Files.deleteIfExists(room);
            Files.createDirectory(room, PosixFilePermissions.asFileAttribute(NewFolder.PRIVATE));
            server.bind(UnixDomainSocketAddress.of(bound));
            Files.setPosixFilePermissions(bound, PosixFilePermissions.fromString("rw-------"));
            Files.deleteIfExists(path);
            Files.move(bound, path, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(room);
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** True if somebody listens at a socket; returns at once. */
    public static boolean isServed(Path path) {
        if (!Files.exists(path)) {
            return false;
        }
        try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.configureBlocking(false);
            return client.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            return false;
        }
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                if (places.tryAcquire()) {
                    clients.execute(() -> serve(client));
                } else {
                    try (client) {
                        write(client, "error " + CLIENTS + " requests are being answered already; try again later");
                    }
                }
            } catch (IOException | RuntimeException e) {
                LOG.debug("control connection not accepted: {}", e.toString());
                LockSupport.parkNanos(ACCEPT_PAUSE_NANOS);
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            ScheduledFuture<?> limit = limits.schedule(() -> cutOff(client), patience.toNanos(), TimeUnit.NANOSECONDS);
            String request = readLine(client);
            limit.cancel(false);
            write(client, requests.answer(request));
        } catch (IOException e) {
            LOG.debug("control connection ended: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("a control request failed", e);
        } finally {
            places.release();
        }
    }

    private static void cutOff(SocketChannel client) {
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("control connection not closed: {}", e.toString());
        }
    }

    /** Reads up to the end of the line or of the stream, {@value #LIMIT_BYTES} bytes at most. */
    private static String readLine(SocketChannel client) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LIMIT_BYTES);
        boolean ended = false;
        while (!ended && bytes.hasRemaining()) {
            int from = bytes.position();
            ended = client.read(bytes) < 0;
            for (int i = from; i < bytes.position(); i++) {
                ended |= bytes.get(i) == '\n';
            }
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }

    private static void write(SocketChannel client, String answer) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((answer + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            client.write(line);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        clients.shutdownNow();
        limits.shutdownNow();
        Files.deleteIfExists(path);
    }
}
