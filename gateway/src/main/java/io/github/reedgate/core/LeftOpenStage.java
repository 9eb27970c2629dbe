package io.github.reedgate.core;

import io.github.reedgate.contact.LeftOpen;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts for how long a contact has been open, at the end of its sensor's stage. The count begins anew with each opening, when a
 * line can be read again, and at a start unless the contact was reported as left open before. Lives for one step.
 */
final class LeftOpenStage {

    private final Sensor sensor;
    private final LeftOpen policy;
    private final Reporter reporter;
    private final long nowNanos;

    private LeftOpenStage(Sensor sensor, LeftOpen policy, StepContext step) {
        this.sensor = sensor;
        this.policy = policy;
        this.reporter = step.reporter();
        this.nowNanos = step.nowNanos();
    }

    /** How a sensor begins that was reported as left open: open as it was, until it is found elsewhere. */
    static SensorState.@Nullable Open starting(Sensor sensor, @Nullable LeftOpenReport report, Timestamp now) {
        LeftOpen policy = sensor.leftOpen();
        if (report == null || policy == null) {
            return null;
        }
        long openNanos = length(policy, report, now).toNanos();
        return new SensorState.Open(SensorState.Open.BEFORE, now.monotonicNanos() - openNanos, report.reports(), null);
    }

    /** For how long it has been open: at least until it was told last. */
    private static Duration length(LeftOpen policy, LeftOpenReport report, Timestamp now) {
        Duration repeat = policy.repeat();
        Duration least = repeat == null
                ? policy.after()
                : policy.after().plus(repeat.multipliedBy(Math.min(report.reports(), 10_000) - 1));
        Instant since = report.since();
        Duration open = since == null || since.isAfter(now.wall()) ? least : Duration.between(since, now.wall());
        return open.compareTo(least) < 0 ? least : open;
    }

    /** The sensor's state with what is remembered of its being open; tells what is to be told. */
    static SensorState end(Sensor sensor, SensorState state, StepContext step) {
        LeftOpen policy = sensor.leftOpen();
        return policy == null ? state : state.withOpen(new LeftOpenStage(sensor, policy, step).next(state));
    }

    private SensorState.@Nullable Open next(SensorState state) {
        SensorState.Open open = state.open();
        Position position = state.debouncer().settled();
        if (open != null && open.opening() == SensorState.Open.BEFORE) {
            if (position == null) {
                return open;
            }
            open = resumed(open, state.told().seq());
        }
        if (open != null
                && position == Position.OPEN
                && open.opening() == state.told().seq()) {
            return isDue(open) ? told(open) : open;
        }
        if (open != null && open.told() > 0 && position != null) {
            tellCleared(open);
        }
        return position == Position.OPEN
                ? new SensorState.Open(
                        state.told().seq(),
                        nowNanos,
                        0,
                        nowNanos + policy.after().toNanos())
                : null;
    }

    /** It was left open before the start, and told: from now on as if it had been told just now. */
    private SensorState.Open resumed(SensorState.Open open, long opening) {
        return new SensorState.Open(opening, open.sinceNanos(), open.told(), afterRepeat());
    }

    private @Nullable Long afterRepeat() {
        Duration repeat = policy.repeat();
        return repeat == null ? null : Long.valueOf(nowNanos + repeat.toNanos());
    }

    private boolean isDue(SensorState.Open open) {
        Long nextNanos = open.nextNanos();
        return nextNanos != null && nowNanos - nextNanos >= 0;
    }

    private SensorState.Open told(SensorState.Open open) {
        int count = open.told() + 1;
        String message = sensor.name() + (count == 1 ? " left open for " : " still open after ") + length(open);
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("open_s", seconds(open));
        more.put("count", count);
        Event event = reporter.sensorEvent(EventType.LEFT_OPEN, subject(Position.OPEN), message, more);
        reporter.record(event, policy.alarm() ? Priority.ALARM : Priority.ROUTINE);
        return new SensorState.Open(open.opening(), open.sinceNanos(), count, afterRepeat());
    }

    private void tellCleared(SensorState.Open open) {
        String message = sensor.name() + " no longer open, after " + length(open);
        reporter.record(
                reporter.sensorEvent(
                        EventType.LEFT_OPEN_CLEARED,
                        subject(Position.CLOSED),
                        message,
                        Map.of("open_s", seconds(open))),
                Priority.ROUTINE);
    }

    private Reporter.Subject subject(Position position) {
        return new Reporter.Subject(sensor, Words.state(sensor, position), nowNanos);
    }

    private long seconds(SensorState.Open open) {
        return (nowNanos - open.sinceNanos()) / 1_000_000_000;
    }

    private String length(SensorState.Open open) {
        return Words.length(Duration.ofNanos(nowNanos - open.sinceNanos()));
    }
}
