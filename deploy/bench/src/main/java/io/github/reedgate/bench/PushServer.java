package io.github.reedgate.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.reedgate.json.Json;
import io.github.reedgate.text.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server that takes pushes as ntfy does, over HTTPS on loopback, and writes each to a file, one JSON object a line. It is for a machine
 * that has no way to a real one.
 */
public final class PushServer {

    private static final int MOST_BYTES = 1 << 16;
    private static final int ARGUMENTS = 3;

    private final Path file;
    private long messages;

    private PushServer(Path file) {
        this.file = file;
    }

    /**
     * Serves until the process ends.
     *
     * @param arguments port; PKCS#12 file with key and certificate, whose password is {@code bench}; file that pushes are appended to
     */
    public static void main(String... arguments) throws IOException, GeneralSecurityException {
        if (arguments.length != ARGUMENTS) {
            System.err.println("usage: PushServer PORT PKCS12 FILE");
            System.exit(2);
        }
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(Path.of(arguments[1]))));
        server.createContext("/", new PushServer(Path.of(arguments[2]))::take);
        server.start();
        System.out.println("takes pushes on port " + server.getAddress().getPort());
    }

    private static SSLContext context(Path pkcs12) throws IOException, GeneralSecurityException {
        char[] password = "bench".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(pkcs12)) {
            keys.load(in, password);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** Text on a topic's address, or JSON at the root that names its topic. Called by the server's one thread. */
    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getPath().substring(1);
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            Map<String, @Nullable Object> push =
                    path.isEmpty() ? JsonObject.read(body) : Map.of("topic", path, "message", body);
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("id", "m" + ++messages);
            message.put("event", "message");
            message.put("topic", String.valueOf(push.get("topic")));
            message.put("message", String.valueOf(push.get("message")));
            byte[] answer = (Json.write(message) + "\n").getBytes(StandardCharsets.UTF_8);
            Files.write(file, answer, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }
}
