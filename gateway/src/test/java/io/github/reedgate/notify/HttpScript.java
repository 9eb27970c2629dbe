package io.github.reedgate.notify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server on loopback that reads each request and then does with the connection what a test says. Every connection has its
 * own thread; all of them end with the server.
 */
public final class HttpScript implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpScript.class);

    /** What is done once the request is read; the connection is closed afterwards. */
    @FunctionalInterface
    public interface Reply {
        void to(Socket client) throws IOException;
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Reply reply;

    public HttpScript(Reply reply) throws IOException {
        this(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), reply);
    }

    HttpScript(ServerSocket server, Reply reply) {
        this.server = server;
        this.reply = reply;
        threads.execute(this::accept);
    }

    /** A server that answers every request so. */
    public static HttpScript saying(String status, String body, String... headers) throws IOException {
        return new HttpScript(answer(status, body, headers));
    }

    public static Reply answer(String status, String body, String... headers) {
        StringBuilder text = new StringBuilder("HTTP/1.1 " + status + "\r\n");
        for (String header : headers) {
            text.append(header).append("\r\n");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        text.append("Content-Length: ").append(bytes.length).append("\r\nConnection: close\r\n\r\n");
        return client -> {
            client.getOutputStream().write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
            client.getOutputStream().write(bytes);
            client.getOutputStream().flush();
        };
    }

    /** What ntfy says of a message that it has taken. */
    public static String taken(String id, String topic) {
        return "{\"id\":\"" + id + "\",\"time\":1790000000,\"event\":\"message\",\"topic\":\"" + topic
                + "\",\"message\":\"…\"}\n";
    }

    /** From now on it does this. */
    public void becomes(Reply other) {
        reply = other;
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The requests so far, heads and bodies. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                LOG.debug("the server ends", e);
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            requests.add(read(client.getInputStream()));
            reply.to(client);
        } catch (IOException e) {
            LOG.debug("a connection ended", e);
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int one = in.read();
            if (one < 0) {
                throw new IOException("the request was cut short");
            }
            head.write(one);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int length = text.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
        return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Sends something for ever, until the client goes. */
    public static void endlessly(Socket client, String start, String more) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(start.getBytes(StandardCharsets.ISO_8859_1));
        byte[] bytes = more.repeat(1000).getBytes(StandardCharsets.ISO_8859_1);
        while (true) {
            out.write(bytes);
        }
    }

    /** Waits until the client goes. */
    public static void silently(Socket client) throws IOException {
        byte[] buffer = new byte[1024];
        while (client.getInputStream().read(buffer) >= 0) {
            LOG.trace("more of a request");
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket client : open) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
