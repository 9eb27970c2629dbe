package io.github.reedgate.config;

import java.net.URI;

/** The URL of a broker given elsewhere than in the configuration file, held to the same rules. */
public final class BrokerUrl {

    private static final BrokerUrlType TYPE = new BrokerUrlType();

    private BrokerUrl() {}

    /**
     * Reads a URL.
     *
     * @param text {@code mqtt}, {@code mqtts}, {@code ws} or {@code wss}, a host, perhaps a port and for WebSockets a path
     * @throws IllegalArgumentException if it is not one, or has a user in it; the message names the fix and no password
     */
    public static URI parse(String text) {
        try {
            return TYPE.parse(text);
        } catch (BadValueException e) {
            throw new IllegalArgumentException("broker url " + e.sentence(TYPE.allowed()), e);
        }
    }
}
