package io.github.reedgate.core;

import io.github.reedgate.event.EventType;
import io.github.reedgate.message.Messages;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The wall clock's turn at the beginning of a step: it is held against the monotonic clock. Corrected is what the core
 * believes when the clock becomes synchronised and when it has jumped; no delay depends on it. Immutable.
 *
 * @param before what was known until now
 * @param clock what is known from now on
 * @param by how far the wall clock moved against the monotonic one; zero unless it is corrected
 */
record ClockTurn(GatewayState.Clock before, GatewayState.Clock clock, Duration by) {

    /** The wall clock has jumped if it moves against the monotonic one by this much; less is drift. */
    static final Duration JUMP = Duration.ofSeconds(2);

    static ClockTurn look(GatewayState state, Input input, Timestamp now) {
        GatewayState.Clock before = state.clock();
        boolean synced = input instanceof Input.ClockChecked checked ? checked.synced() : before.synced();
        Instant startWall = now.atNanos(state.startNanos()).wall();
        Duration by = Duration.between(before.startWall(), startWall);
        boolean corrected = by.abs().compareTo(JUMP) >= 0 || (synced && !before.synced());
        if (!corrected && synced == before.synced()) {
            return new ClockTurn(before, before, Duration.ZERO);
        }
        GatewayState.Clock clock = new GatewayState.Clock(
                synced, before.everSynced() || synced, corrected ? startWall : before.startWall());
        return new ClockTurn(before, clock, corrected ? by : Duration.ZERO);
    }

    private boolean isSyncedNow() {
        return clock.synced() && !before.synced();
    }

    private boolean hasJumped() {
        return by.abs().compareTo(JUMP) >= 0;
    }

    /**
     * Tells a correction: the order to correct what has not left yet, the event, and the details whose {@code since} moves.
     * Nothing is told of a clock that was right and is known to be so before anything happened.
     *
     * @param state the state, with this turn's clock in it already
     */
    GatewayState tell(GatewayState state, GatewaySettings settings, Messages messages, Reporter reporter) {
        boolean anyStamped = state.nextSeq() != settings.start().firstSeq();
        if (hasJumped() || (isSyncedNow() && anyStamped)) {
            if (clock.synced()) {
                reporter.correctClock(settings.start().boot(), clock.startWall().toEpochMilli());
            }
            reporter.gatewayEvent(EventType.CLOCK_CORRECTED, sentence(), more(state, settings));
            reporter.log(before.synced(), sentence());
        }
        return by.toMillis() == 0 ? state : moved(state, settings, messages, reporter);
    }

    private Map<String, Object> more(GatewayState state, GatewaySettings settings) {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("by_ms", by.toMillis());
        more.put("synced", clock.synced());
        if (isSyncedNow() && !before.everSynced() && state.startTold()) {
            StartReport.downSeconds(settings, clock).ifPresent(seconds -> more.put("down_s", seconds));
        }
        return more;
    }

    private String sentence() {
        String set = "set " + (by.isNegative() ? "back" : "forward") + " by " + Words.length(by.abs());
        boolean isSmall = by.abs().compareTo(Duration.ofSeconds(1)) < 0;
        if (isSyncedNow()) {
            return isSmall ? "Clock synchronised" : "Clock synchronised and " + set;
        }
        return "Clock " + set + (clock.synced() ? "" : ", not synchronised yet");
    }

    /** The same state with each sensor's {@code since} told by the corrected clock. */
    private GatewayState moved(GatewayState state, GatewaySettings settings, Messages messages, Reporter reporter) {
        List<SensorState> sensors = new ArrayList<>(state.sensors());
        for (int i = 0; i < sensors.size(); i++) {
            Instant since = sensors.get(i).told().since();
            if (since != null) {
                SensorState sensor = sensors.get(i).withSince(since.plus(by));
                sensors.set(i, sensor);
                String id = settings.sensors().get(i).id();
                Messages.Detail detail = sensor.detail();
                reporter.retain(() -> messages.detail(id, detail));
            }
        }
        return state.withSensors(sensors);
    }
}
