package io.github.reedgate.cli;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Received messages for tests. */
final class Samples {

    static final Instant AT = Instant.parse("2026-11-22T21:14:03.120Z");

    private Samples() {}

    static Received message(String topic, String payload) {
        return message(topic, payload.getBytes(StandardCharsets.UTF_8));
    }

    static Received message(String topic, byte[] payload) {
        return new Received(AT, topic, payload, new Received.Flags(false, 1, false), Optional.empty(), Map.of());
    }

    static Received retained(String topic, String payload) {
        Received news = message(topic, payload);
        return new Received(AT, topic, news.payload(), new Received.Flags(true, 1, false), Optional.empty(), Map.of());
    }

    static Received withProperties(String topic, String payload, Map<String, List<String>> properties) {
        Received plain = message(topic, payload);
        return new Received(AT, topic, plain.payload(), plain.flags(), Optional.of("text/plain"), properties);
    }
}
