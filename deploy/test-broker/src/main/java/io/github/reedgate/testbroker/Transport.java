package io.github.reedgate.testbroker;

/** A way into the broker. */
public enum Transport {
    /** MQTT over TCP in clear text. */
    MQTT("mqtt", ""),
    /** MQTT over TLS. */
    MQTTS("mqtts", ""),
    /** MQTT over a WebSocket in clear text, path {@code /mqtt}. */
    WS("ws", "/mqtt"),
    /** MQTT over a WebSocket over TLS, path {@code /mqtt}. */
    WSS("wss", "/mqtt");

    private final String scheme;
    private final String path;

    Transport(String scheme, String path) {
        this.scheme = scheme;
        this.path = path;
    }

    /** The URL scheme, as in the gateway's configuration. */
    public String scheme() {
        return scheme;
    }

    /** The path of a URL of this transport; empty if it has none. */
    public String path() {
        return path;
    }

    boolean usesTls() {
        return this == MQTTS || this == WSS;
    }

    boolean usesWebSocket() {
        return this == WS || this == WSS;
    }
}
