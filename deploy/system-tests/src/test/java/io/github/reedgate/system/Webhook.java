package io.github.reedgate.system;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Somebody who is told over HTTP, on loopback, in the mood that a test wants. Keeps the books of what came. Every connection has
 * a thread of its own; all of them end with it. Safe for use by any thread.
 */
final class Webhook implements AutoCloseable {

    /** What it does with whoever connects. */
    enum Mood {
        /** Hangs up before a word is said. */
        HANGS_UP,
        /** Hears all of it and never answers. */
        NEVER_ANSWERS,
        /** Hears all of it and says that it failed. */
        FAILS,
        /** Takes it. */
        TAKES
    }

    /**
     * A notice as it came.
     *
     * @param key the same if the same notice comes again
     * @param json what was said
     * @param mood how it was met
     */
    record Call(String key, Map<String, Object> json, Mood mood) {

        /** How it is told: the field that an event has not. */
        Map<?, ?> notice() {
            return json.get("notice") instanceof Map<?, ?> notice ? notice : Map.of();
        }
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile Mood mood;
    private volatile int answered;

    /** One in that mood. */
    Webhook(Mood mood) {
        this.mood = mood;
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/told";
    }

    /** From now on it is in that mood. */
    void becomes(Mood other) {
        mood = other;
    }

    /** All that came so far, each at the moment at which all of it was heard. */
    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The keys of what it took, each as often as it did. */
    List<String> taken() {
        return calls.stream()
                .filter(call -> call.mood() == Mood.TAKES)
                .map(Call::key)
                .toList();
    }

    /** How often it has answered, well or not. */
    int answered() {
        return answered;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // it ends
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            Mood now = mood;
            if (now == Mood.HANGS_UP) {
                return;
            }
            String head = head(client.getInputStream());
            byte[] body = client.getInputStream().readNBytes(Integer.parseInt(field(head, "content-length")));
            calls.add(new Call(field(head, "idempotency-key"), JSON.std.mapFrom(body), now));
            if (now == Mood.NEVER_ANSWERS) {
                client.getInputStream().readAllBytes(); // until the other end goes
                return;
            }
            String status = now == Mood.TAKES ? "204 No Content" : "500 Oh";
            String answer = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            count();
        } catch (IOException e) {
            // the other end was killed
        }
    }

    private synchronized void count() {
        answered++;
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int one = in.read();
            if (one < 0) {
                throw new IOException("the request was cut short");
            }
            head.write(one);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static String field(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + head));
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
