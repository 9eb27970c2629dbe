package io.github.reedgate.app;

import io.github.reedgate.config.Config;
import io.github.reedgate.message.Message;
import java.nio.charset.StandardCharsets;

/** How long the messages are in which a gateway describes itself to Home Assistant. Stateless. */
public final class DescriptionSize {

    /** Header, lengths, packet id and the properties of a description. */
    private static final int AROUND_BYTES = 64;

    private DescriptionSize() {}

    /** The longest MQTT packet of the descriptions, a few bytes more at most; 0 if the gateway sends none. */
    public static int bytes(Config config) {
        return SelfDescription.present(config).stream()
                .mapToInt(DescriptionSize::bytes)
                .max()
                .orElse(0);
    }

    private static int bytes(Message message) {
        return AROUND_BYTES
                + message.topic().getBytes(StandardCharsets.UTF_8).length
                + message.payload().getBytes(StandardCharsets.UTF_8).length;
    }
}
