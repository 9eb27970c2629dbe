package io.github.reedgate.core;

import io.github.reedgate.event.EventType;
import io.github.reedgate.message.Message;
import java.util.ArrayList;
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

    /**
     * What a step wants as text, but for what is left out.
     *
     * @param messages what {@code output} publishes
     */
    List<String> lines(long atNanos, StepOutput output, List<Message> messages) {
        List<String> lines = new ArrayList<>();
        boolean isCorrecting = false;
        for (StepOutput.Recorded recorded : output.events()) {
            isCorrecting |= recorded.event().type() == EventType.CLOCK_CORRECTED;
        }
        Set<String> corrected = new HashSet<>();
        for (Message message : messages) {
            boolean belongs = isCorrecting && message.topic().endsWith("/detail") && corrected.add(message.topic());
            if (!belongs) {
                brief(message).ifPresent(text -> lines.add(atNanos + " " + text));
            }
        }
        StepOutput.Heartbeat beat = output.heartbeat();
        if (beat != null) {
            lines.add(atNanos + " heartbeat " + beat.uptimeSeconds() + " " + beat.reconnects());
        }
        return lines;
    }

    private static Optional<String> brief(Message message) {
        if (!message.contentType().equals(Message.JSON)) {
            return Optional.of(message.topic() + " " + message.payload().replaceAll("[0-9:]{8}( \\(clock.*)?$", "…"));
        }
        Map<String, Object> fields = CoreRig.json(message.payload());
        if ("clock_corrected".equals(fields.get("event_type"))) {
            return Optional.empty();
        }
        fields.keySet().removeAll(TIMES_AND_NUMBERS);
        return Optional.of(message.topic() + " " + fields);
    }
}
