package io.github.reedgate.sim.control;

import io.github.reedgate.sim.SimulatedLines;
import io.github.reedgate.sim.scenario.ScenarioPlayer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of the control socket, a Unix domain socket that only its owner may use. Text in UTF-8: a client sends requests
 * of one line each (those that carry a text end it with a line of a single dot) and gets for each an answer: a line that
 * begins with {@code ok} or {@code error}, further lines indented by one space, and an empty line. A line longer than 4096
 * bytes ends the connection.
 *
 * <p>One thread accepts, one more serves each client; all are daemons. Sixteen clients are served at a time.
 */
public final class ControlServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    /** Not longer than that, since a socket's path is short. */
    private static final String ROOM = ".sims";

    private static final int MOST_CLIENTS = 16;
    private static final long PAUSE_NANOS = 50_000_000;

    private final Path path;
    private final ServerSocketChannel server;
    private final Requests requests;
    private final Set<SocketChannel> clients = ConcurrentHashMap.newKeySet();

    private ControlServer(Path path, ServerSocketChannel server, Requests requests) {
        this.path = path;
        this.server = server;
        this.requests = requests;
    }

    /**
     * Opens the socket and serves it. A socket that a process before left behind is replaced.
     *
     * @param path where; its folder must exist
     * @param lines what is driven
     * @param player what plays scenarios on those lines
     * @throws IOException if there is a file that is no socket, or the socket can't be made; the message says which and why
     */
    public static ControlServer open(Path path, SimulatedLines lines, ScenarioPlayer player) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            BasicFileAttributes there =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!there.isOther()) {
                throw new IOException("control socket " + path + " can't be made: there is a file that is no socket");
            }
        }
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            bind(server, path);
        } catch (IOException failed) {
            server.close();
            throw new IOException("control socket " + path + " can't be made: " + failed.getMessage(), failed);
        }
        ControlServer made = new ControlServer(path, server, new Requests(lines, player));
        made.start("sim-control", made::accept);
        return made;
    }

    /** Binds in a folder that nobody else may enter, so that nobody can connect before the socket has its mode. */
    private static void bind(ServerSocketChannel server, Path path) throws IOException {
        Path room = path.resolveSibling(ROOM);
        Path bound = room.resolve("s");
        Files.deleteIfExists(bound);
        Files.deleteIfExists(room);
        Files.createDirectory(room, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        server.bind(UnixDomainSocketAddress.of(bound));
        Files.setPosixFilePermissions(bound, PosixFilePermissions.fromString("rw-------"));
        Files.deleteIfExists(path);
        Files.move(bound, path, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(room);
    }

    /** Ends all connections and removes the socket. */
    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    private void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                if (clients.size() >= MOST_CLIENTS) {
                    send(client, Answer.error("too many clients; " + MOST_CLIENTS + " are served at a time"));
                    client.close();
                } else {
                    clients.add(client);
                    start("sim-control-client", () -> serve(client));
                }
            } catch (IOException ended) {
                LOG.debug("accepting a client ended: {}", ended.toString());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            RequestReader reader = new RequestReader(new BufferedInputStream(Channels.newInputStream(client)));
            try {
                Optional<String> request = reader.line();
                while (request.isPresent()) {
                    send(client, requests.answer(request.get(), reader));
                    request = reader.line();
                }
            } catch (RequestReader.TooLongException tooLong) {
                send(client, Answer.error(tooLong.getMessage() + "; the connection is closed"));
            }
        } catch (IOException ended) {
            LOG.debug("a client's connection ended: {}", ended.toString());
        } catch (RuntimeException unexpected) {
            LOG.warn("a request to the simulator failed", unexpected);
        } finally {
            clients.remove(client);
        }
    }

    private static void send(SocketChannel client, Answer answer) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(answer.wire().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }
}
