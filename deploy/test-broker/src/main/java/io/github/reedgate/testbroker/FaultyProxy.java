package io.github.reedgate.testbroker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on loopback that can be told to fail as networks do. Starts healthy. All methods may be called by any
 * thread and return at once.
 */
public final class FaultyProxy implements AutoCloseable {

    private static final int CONNECT_MILLIS = 5_000;

    private final InetSocketAddress target;
    private final int port = Ports.free();
    private final Gate gate = new Gate();
    private final Throttle forth = new Throttle();
    private final Throttle back = new Throttle();
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket listener; // guarded by this
    private @Nullable Thread acceptor; // guarded by this
    private volatile DoubleSupplier chance = () -> 1.0;
    private volatile double refusedShare;

    /**
     * Listens on a free port of loopback and passes every connection on.
     *
     * @param host where to
     * @param targetPort which port there
     */
    public FaultyProxy(String host, int targetPort) {
        this.target = new InetSocketAddress(host, targetPort);
        accept();
    }

    /** The port to connect to; the same for the proxy's life. */
    public int port() {
        return port;
    }

    /** How many connections are open now. */
    public int connections() {
        return connections.size();
    }

    /** Breaks all connections with a reset. New ones are passed on. */
    public void cut() {
        connections.forEach(ProxiedConnection::reset);
    }

    /**
     * Stops passing bytes on, in both directions and without telling either side, as when a cable is pulled. New
     * connections are accepted and stay mute.
     */
    public void freeze() {
        gate.close();
    }

    /** Passes on again, beginning with what was held back. */
    public void thaw() {
        gate.open();
    }

    /**
     * Passes on no more than that from now on, each way, all connections together.
     *
     * @param bytesPerSecond how much; 0 for as much as there is
     */
    public void slow(long bytesPerSecond) {
        forth.limit(bytesPerSecond);
        back.limit(bytesPerSecond);
    }

    /**
     * Resets some of the new connections at once, drawn by chance. Those that exist are left alone.
     *
     * @param share how many, 0 to 1
     * @param seed where chance begins
     */
    public void refuseSome(double share, long seed) {
        chance = new Random(seed)::nextDouble;
        refusedShare = share;
    }

    /** Refuses new connections. Those that exist are left alone. */
    public synchronized void refuse() {
        ServerSocket socket = listener;
        listener = null;
        if (socket != null) {
            close(socket);
            awaitEnd(acceptor);
        }
    }

    /** The kernel keeps listening as long as a thread is still inside accept. */
    private static void awaitEnd(@Nullable Thread thread) {
        try {
            if (thread != null) {
                thread.join(CONNECT_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Accepts connections again. */
    public synchronized void accept() {
        if (listener != null) {
            return;
        }
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(Ports.LOOPBACK, port));
            listener = socket;
            acceptor = daemon("proxy-accept-" + port, () -> serve(socket));
        } catch (IOException e) {
            throw new BrokerException("cannot listen on port " + port, e);
        }
    }

    private void serve(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                if (chance.getAsDouble() < refusedShare) {
                    client.setSoLinger(true, 0);
                    client.close();
                    continue;
                }
                daemon("proxy-connect-" + port, () -> passOn(client));
            } catch (IOException e) {
                close(socket);
            }
        }
    }

    private void passOn(Socket client) {
        Socket server = new Socket();
        ProxiedConnection connection = new ProxiedConnection(client, server, gate, forth, back);
        connections.add(connection);
        try {
            server.connect(target, CONNECT_MILLIS);
            Thread back = daemon("proxy-back-" + port, connection::copyBack);
            connection.copyForth();
            back.join();
        } catch (IOException e) {
            connection.reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            connection.reset();
        } finally {
            connections.remove(connection);
        }
    }

    /** Ends everything. */
    @Override
    public void close() {
        refuse();
        gate.open();
        slow(0);
        cut();
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new BrokerException("cannot close port " + socket.getLocalPort(), e);
        }
    }
}
