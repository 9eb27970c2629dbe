package io.github.reedgate.core;

import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.event.ClockText;
import io.github.reedgate.event.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Records the {@code started} event: how the last run ended, where each contact is now, and which moved in between. Lives for one
 * step.
 */
final class StartReportStage {

    /** It waits this long at most for every sensor's first reading. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final GatewaySettings settings;
    private final StepContext step;

    private StartReportStage(StepContext step) {
        this.settings = step.settings();
        this.step = step;
    }

    /** Reports the start once the sensors have been looked at as far as they can be. */
    static void run(StepContext step) {
        if (!step.startTold() && isComplete(step)) {
            new StartReportStage(step).tell(step.reporter());
            step.startIsTold();
        }
    }

    private static boolean isComplete(StepContext step) {
        return step.nowNanos() - step.before().startNanos() >= PATIENCE.toNanos()
                || step.sensors().stream().allMatch(SensorState::isLookedAt);
    }

    /**
     * From the newest event before this start to the start, in seconds: for so long it was down at most. Empty if there was
     * none, or either clock could not be trusted.
     */
    static OptionalLong downSeconds(GatewaySettings settings, GatewayState.Clock clock) {
        GatewaySettings.Before before = settings.start().before();
        Instant seen = before.lastSeen();
        if (seen == null
                || !before.lastSeenSynced()
                || !clock.synced()
                || clock.startWall().isBefore(seen)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Duration.between(seen, clock.startWall()).toSeconds());
    }

    private void tell(Reporter reporter) {
        Map<String, Object> states = new LinkedHashMap<>();
        Map<String, Object> moved = new LinkedHashMap<>();
        List<String> open = new ArrayList<>();
        List<String> moves = new ArrayList<>();
        for (int i = 0; i < settings.sensors().size(); i++) {
            Sensor sensor = settings.sensors().get(i);
            Position position = step.sensors().get(i).told().position();
            String word = Words.state(sensor, position);
            states.put(sensor.id(), word);
            if (position != Position.CLOSED) {
                open.add(sensor.name() + " " + word);
            }
            Position last = settings.start().before().lastPosition(sensor);
            if (last != null && position == last.other()) {
                String from = Words.state(sensor, last);
                moved.put(sensor.id(), ordered("from", from, "to", word));
                moves.add(sensor.name() + " moved while the gateway was down: " + from + " -> " + word);
            }
        }
        Map<String, Object> more = ofLastRun();
        more.put("sensors", states);
        if (!settings.start().before().lastStates().isEmpty()) {
            more.put("moved", moved);
        }
        List<String> parts = new ArrayList<>();
        parts.add("Gateway " + settings.gatewayId() + " started"
                + (open.isEmpty() ? "" : ": " + String.join(", ", open)));
        parts.addAll(moves);
        reporter.gatewayEvent(EventType.STARTED, String.join("; ", parts), more);
    }

    private Map<String, Object> ofLastRun() {
        GatewaySettings.StartFacts start = settings.start();
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("last_stop", start.lastStop().name().toLowerCase(Locale.ROOT));
        Instant seen = start.before().lastSeen();
        if (seen != null) {
            more.put("last_seen", ClockText.utc(seen));
        }
        downSeconds(settings, step.clock()).ifPresent(seconds -> more.put("down_s", seconds));
        if (start.skipped() > 0) {
            more.put("skipped", ordered("from", start.firstSeq() - start.skipped(), "to", start.firstSeq() - 1));
        }
        return more;
    }

    private static Map<String, Object> ordered(String firstKey, Object first, String secondKey, Object second) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(firstKey, first);
        map.put(secondKey, second);
        return map;
    }
}
