package io.github.reedgate.core;

import io.github.reedgate.event.EventType;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.Retained;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Compares the wall clock with the monotonic one. Records an event when the clock becomes synchronised or jumps, and corrects the
 * times of events. No delay depends on the wall clock. Lives for one step.
 */
final class ClockStage {

    /** The wall clock has jumped if it moves against the monotonic one by this much; less is drift. */
    static final Duration JUMP = Duration.ofSeconds(2);

    private final StepContext step;
    private final GatewayState.Clock before;
    private final GatewayState.Clock clock;

    /** How far the wall clock moved against the monotonic one; zero unless it is corrected. */
    private final Duration by;

    private ClockStage(StepContext step, GatewayState.Clock clock, Duration by) {
        this.step = step;
        this.before = step.clock();
        this.clock = clock;
        this.by = by;
    }

    static void run(StepContext step) {
        GatewayState.Clock before = step.clock();
        boolean synced = step.input() instanceof Input.ClockChecked checked ? checked.synced() : before.synced();
        Instant startWall = step.now().atNanos(step.before().startNanos()).wall();
        Duration by = Duration.between(before.startWall(), startWall);
        boolean corrected = by.abs().compareTo(JUMP) >= 0 || (synced && !before.synced());
        if (!corrected && synced == before.synced()) {
            return;
        }
        GatewayState.Clock clock = new GatewayState.Clock(
                synced, before.everSynced() || synced, corrected ? startWall : before.startWall());
        ClockStage stage = new ClockStage(step, clock, corrected ? by : Duration.ZERO);
        step.clock(clock);
        stage.tell();
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
     */
    private void tell() {
        Reporter reporter = step.reporter();
        GatewaySettings.StartFacts start = step.settings().start();
        boolean anyStamped = step.before().nextSeq() != start.firstSeq();
        if (hasJumped() || (isSyncedNow() && anyStamped)) {
            if (clock.synced()) {
                reporter.correctClock(start.boot(), clock.startWall().toEpochMilli());
            }
            reporter.gatewayEvent(EventType.CLOCK_CORRECTED, sentence(), more());
            reporter.log(before.synced(), sentence());
        }
        if (by.toMillis() != 0) {
            move();
        }
    }

    private Map<String, Object> more() {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("by_ms", by.toMillis());
        more.put("synced", clock.synced());
        if (isSyncedNow() && !before.everSynced() && step.startTold()) {
            StartReportStage.downSeconds(step.settings(), clock).ifPresent(seconds -> more.put("down_s", seconds));
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

    /** Each sensor's {@code since} is told by the corrected clock. */
    private void move() {
        for (int i = 0; i < step.sensors().size(); i++) {
            Instant since = step.sensors().get(i).told().since();
            if (since != null) {
                SensorState sensor = step.sensors().get(i).withSince(since.plus(by));
                step.sensor(i, sensor);
                String id = step.settings().sensors().get(i).id();
                Messages.Detail detail = sensor.detail();
                step.reporter().retain(new Retained.SensorDetail(id, detail));
            }
        }
    }
}
