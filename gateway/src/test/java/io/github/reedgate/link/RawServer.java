package io.github.reedgate.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket server on loopback that does with each connection what a test says, one after the other. */
final class RawServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RawServer.class);

    /** What is done with a connection, which is closed afterwards. */
    @FunctionalInterface
    interface Script {
        void run(Socket client) throws IOException;
    }

    private final ServerSocket server;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    RawServer(Script script) {
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.execute(() -> serve(script));
    }

    /** A server that reads CONNECT, answers with these bytes and closes. */
    static RawServer answering(String hex) {
        return new RawServer(client -> {
            readSome(client);
            write(client, hex);
        });
    }

    /** A server that reads CONNECT, answers with these bytes and waits for the client to go. */
    static RawServer answeringAndStaying(String hex) {
        return new RawServer(client -> {
            readSome(client);
            write(client, hex);
            readUntilEnd(client);
        });
    }

    static void write(Socket client, String hex) throws IOException {
        client.getOutputStream().write(HexFormat.ofDelimiter(" ").parseHex(hex));
    }

    static void readSome(Socket client) throws IOException {
        if (client.getInputStream().read(new byte[4096]) < 0) {
            throw new IOException("the client went before it said anything");
        }
    }

    static void readUntilEnd(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        byte[] buffer = new byte[4096];
        int count = in.read(buffer);
        while (count >= 0) {
            count = in.read(buffer);
        }
    }

    private void serve(Script script) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                script.run(client);
            } catch (IOException e) {
                LOG.debug("a connection ended", e);
            }
        }
    }

    TestSettings settings() {
        return TestSettings.url("mqtt://localhost:" + server.getLocalPort());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread.shutdownNow();
    }
}
