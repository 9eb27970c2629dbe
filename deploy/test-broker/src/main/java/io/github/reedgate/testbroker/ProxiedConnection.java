package io.github.reedgate.testbroker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;

/** One connection through a {@link FaultyProxy}: two sockets, copied by two threads. */
final class ProxiedConnection {

    private static final int BUFFER_BYTES = 8192;

    private final Socket client;
    private final Socket server;
    private final Gate gate;
    private final Throttle forth;
    private final Throttle back;

    /** A connection on a line that may be closed by the gate and slowed down each way. */
    ProxiedConnection(Socket client, Socket server, Gate gate, Throttle forth, Throttle back) {
        this.client = client;
        this.server = server;
        this.gate = gate;
        this.forth = forth;
        this.back = back;
    }

    /** Copies what the client sends until either side ends. */
    void copyForth() {
        copy(client, server, forth);
    }

    /** Copies what the server sends until either side ends. */
    void copyBack() {
        copy(server, client, back);
    }

    private void copy(Socket from, Socket to, Throttle throttle) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count = in.read(buffer);
            while (count >= 0) {
                for (int at = 0; at < count; ) {
                    int piece = throttle.chunk(count - at);
                    gate.pass();
                    throttle.pass(piece);
                    out.write(buffer, at, piece);
                    at += piece;
                }
                count = in.read(buffer);
            }
            gate.pass();
            to.shutdownOutput();
        } catch (IOException e) {
            reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reset();
        }
    }

    /** Ends both sides with a reset instead of an orderly end. */
    void reset() {
        reset(client);
        reset(server);
    }

    private static void reset(Socket socket) {
        if (socket.isClosed()) {
            return;
        }
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            closeAnyway(socket);
        }
    }

    private static void closeAnyway(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a connection to " + socket.getRemoteSocketAddress(), e);
        }
    }
}
