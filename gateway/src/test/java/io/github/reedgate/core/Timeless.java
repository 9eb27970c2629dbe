package io.github.reedgate.core;

import io.github.reedgate.message.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a core does and when by the monotonic clock, without wall times, numbers and corrections of the clock: two runs that
 * differ in the wall clock only must give the same. The details behind a correction, one a sensor, belong to it.
 */
final class Timeless {

    private static final List<String> TIMES_AND_NUMBERS =
            List.of("id", "seq", "time", "clock_synced", "event_id", "since");

    private final Set<String> corrected = new HashSet<>();
    private boolean correcting;

    /** One effect as text; empty for what is left out. */
    Optional<String> line(long atNanos, Effect effect) {
        return brief(effect).map(text -> atNanos + " " + text);
    }

    private Optional<String> brief(Effect effect) {
        Optional<Message> message = CoreRig.message(effect);
        if (message.isPresent()) {
            return brief(message.get());
        } else if (effect instanceof Effect.Heartbeat beat) {
            return other("heartbeat " + beat.uptimeSeconds() + " " + beat.reconnects());
        } else if (effect instanceof Effect.ReadLevel read) {
            return other("read " + read.sensor());
        }
        return Optional.empty();
    }

    private Optional<String> brief(Message message) {
        if (!message.contentType().equals(Message.JSON)) {
            return other(message.topic() + " " + message.payload().replaceAll("[0-9:]{8}( \\(clock.*)?$", "…"));
        }
        Map<String, Object> fields = CoreRig.json(message.payload());
        if ("clock_corrected".equals(fields.get("event_type"))) {
            correcting = true;
            corrected.clear();
            return Optional.empty();
        }
        if (correcting && message.topic().endsWith("/detail") && corrected.add(message.topic())) {
            return Optional.empty();
        }
        fields.keySet().removeAll(TIMES_AND_NUMBERS);
        return other(message.topic() + " " + fields);
    }

    private Optional<String> other(String text) {
        correcting = false;
        return Optional.of(text);
    }
}
