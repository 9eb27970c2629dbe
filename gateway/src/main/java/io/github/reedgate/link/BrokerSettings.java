package io.github.reedgate.link;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the broker and who to be there. Immutable; holds no secret, only where it is found.
 *
 * @param url {@code mqtt}, {@code mqtts}, {@code ws} or {@code wss}, a host, an optional port (1883, 8883, 80, 443) and for
 *     WebSockets a path ({@code /mqtt} if none)
 * @param clientId the MQTT client id; 1 to 128 characters
 * @param user the user name, if the broker wants one
 * @param passwordFile a file whose first line is the password; read anew for each attempt
 * @param caFile PEM file of the certificate authorities to trust instead of the system's
 * @param certificateFile PEM file of the client's certificate chain; together with {@code keyFile}
 * @param keyFile PEM file of the client's private key in PKCS#8
 * @param timing keep-alive, time-outs and back-off
 */
public record BrokerSettings(
        URI url,
        String clientId,
        Optional<String> user,
        Optional<Path> passwordFile,
        Optional<Path> caFile,
        Optional<Path> certificateFile,
        Optional<Path> keyFile,
        Timing timing) {

    /**
     * The same with a user name found elsewhere, so that messages can name whom the broker refused.
     *
     * @param name used if these settings name nobody; null or empty for none
     */
    public BrokerSettings withUserOf(@Nullable String name) {
        if (user.isPresent() || name == null || name.isEmpty()) {
            return this;
        }
        return new BrokerSettings(
                url, clientId, Optional.of(name), passwordFile, caFile, certificateFile, keyFile, timing);
    }

    /** The same broker with another client id, user and password. A client certificate stays. */
    public BrokerSettings as(String client, String name, Path password) {
        return new BrokerSettings(
                url, client, Optional.of(name), Optional.of(password), caFile, certificateFile, keyFile, timing);
    }

    /** True if the URL's scheme encrypts. */
    public boolean usesTls() {
        return url.getScheme().equals("mqtts") || url.getScheme().equals("wss");
    }

    /** True if the URL's scheme is one of WebSockets. */
    public boolean usesWebSocket() {
        return url.getScheme().startsWith("ws");
    }

    /** Host and port of the URL as in messages: an IPv6 address in brackets. */
    public String server() {
        return HostPort.of(url).shown() + ":" + port();
    }

    /** The port of the URL, or its scheme's usual one. */
    public int port() {
        int port = HostPort.of(url).port();
        if (port != -1) {
            return port;
        }
        return switch (url.getScheme()) {
            case "mqtts" -> 8883;
            case "ws" -> 80;
            case "wss" -> 443;
            default -> 1883;
        };
    }

    /**
     * The times of a connection.
     *
     * @param keepAlive MQTT keep-alive; a dead connection is noticed within twice this
     * @param connectTimeout how long TCP, TLS and CONNACK may each take
     * @param retryFirst wait before the first new attempt; doubles up to {@code retryMax}, each with jitter
     * @param retryMax longest wait after trouble that heals by itself
     * @param retryRefused wait after trouble that somebody has to mend (password, access, certificate, take-over)
     */
    public record Timing(
            Duration keepAlive,
            Duration connectTimeout,
            Duration retryFirst,
            Duration retryMax,
            Duration retryRefused) {

        /** 15 s keep-alive, 10 s time-out, 0.5 s to 15 s back-off, 60 s after a refusal. */
        public static final Timing DEFAULT = new Timing(
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                Duration.ofSeconds(15),
                Duration.ofSeconds(60));
    }
}
