package io.github.reedgate.core;

import io.github.reedgate.contact.Debouncer;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.message.EventRecord;
import io.github.reedgate.message.EventType;
import io.github.reedgate.message.Messages;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The core: {@code step(state, event, now) -> (state, effects)}, without I/O, threads, logging or clock. Immutable, safe for
 * use by any thread.
 */
public final class Gateway {

    /** The {@code started} event waits this long at most for every sensor's first reading. */
    static final Duration START_PATIENCE = Duration.ofSeconds(1);

    private static final Duration LOST_EDGES_PAUSE = Duration.ofMinutes(1);

    private final GatewaySettings settings;
    private final Messages messages;

    /** A core with the given settings. */
    public Gateway(GatewaySettings settings) {
        this.settings = settings;
        this.messages = new Messages(settings.topics());
    }

    /** The state before {@link Event.Started}: nothing is known of any sensor. */
    public GatewayState initial(Timestamp now) {
        List<SensorState> sensors = settings.sensors().stream()
                .map(sensor -> SensorState.starting(Debouncer.unknown(sensor.debounce()), now.monotonicNanos()))
                .toList();
        return new GatewayState(
                sensors,
                settings.start().firstSeq(),
                now.monotonicNanos(),
                false,
                false,
                null,
                GatewayState.LostEdges.NONE);
    }

    /**
     * When {@link Event.Tick} is due next, on the monotonic clock.
     *
     * @param state the present state; has at least one sensor
     */
    public long deadlineNanos(GatewayState state) {
        long deadline = state.sensors().get(0).deadlineNanos();
        for (SensorState sensor : state.sensors()) {
            long other = sensor.deadlineNanos();
            deadline = other - deadline < 0 ? other : deadline;
        }
        return deadline;
    }

    /**
     * Takes one event in.
     *
     * @param state the present state
     * @param event what happened
     * @param now the time; its monotonic part never goes back from one call to the next
     */
    public Step step(GatewayState state, Event event, Timestamp now) {
        if (event instanceof Event.LevelRead read && isAsExpected(state, read)) {
            return new Step(state, List.of());
        }
        Reporter reporter = new Reporter(settings, messages, state, now);
        GatewayState next = dispatch(state, event, now, reporter);
        if (!next.startTold() && isStartComplete(next, now)) {
            tellStart(next, reporter);
            next = next.withStartTold();
        }
        return new Step(next.withNextSeq(reporter.nextSeq()), List.copyOf(reporter.effects()));
    }

    /** True for by far most readings: a trusted sensor at rest whose level is what it should be. */
    private boolean isAsExpected(GatewayState state, Event.LevelRead read) {
        SensorState sensor = state.sensors().get(read.sensor());
        Position position = settings.sensors().get(read.sensor()).wiring().position(read.level());
        return state.startTold()
                && sensor.debouncer().train() == null
                && sensor.debouncer().settled() == position
                && sensor.trust().isUnblemished();
    }

    private GatewayState dispatch(GatewayState state, Event event, Timestamp now, Reporter reporter) {
        SensorTurn.Turn turn = new SensorTurn.Turn(reporter, now.monotonicNanos());
        if (event instanceof Event.Edge edge) {
            return sensor(state, edge.sensor(), turn, it -> it.edge(edge.level(), edge.atNanos()));
        } else if (event instanceof Event.LevelRead read) {
            return sensor(state, read.sensor(), turn, it -> it.read(read.level()));
        } else if (event instanceof Event.LineFailed failed) {
            return sensor(state, failed.sensor(), turn, it -> it.failed(failed.reason()));
        } else if (event instanceof Event.Tick) {
            return tick(state, turn);
        } else if (event instanceof Event.Started) {
            return everySensor(state, turn, SensorTurn::start);
        } else if (event instanceof Event.EdgesLost lost) {
            return edgesLost(state, lost.count(), turn);
        }
        return ofGateway(state, event, now, reporter);
    }

    private GatewayState ofGateway(GatewayState state, Event event, Timestamp now, Reporter reporter) {
        if (event instanceof Event.LinkUp) {
            return linkUp(state, now, reporter);
        } else if (event instanceof Event.LinkLost lost && state.linkLostNanos() == null) {
            reporter.gatewayEvent(EventType.LINK_LOST, "Connection to the broker lost: " + lost.reason(), Map.of());
            return state.withLinkLost(now.monotonicNanos());
        } else if (event instanceof Event.ClockChecked checked) {
            return state.withClockSynced(checked.synced());
        } else if (event instanceof Event.MessagesDropped dropped) {
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("dropped_events", dropped.routine());
            more.put("dropped_alarms", dropped.alarms());
            String message = "No room: " + dropped.routine() + " waiting events and " + dropped.alarms()
                    + " waiting alarms were dropped";
            reporter.gatewayEvent(EventType.OVERFLOW, message, more);
            reporter.log(true, message);
        } else if (event instanceof Event.StoreFailed failed) {
            reporter.gatewayEvent(EventType.STORE_FAULT, "Events can't be kept on disk: " + failed.reason(), Map.of());
        } else if (event instanceof Event.StoreRecovered) {
            reporter.gatewayEvent(EventType.STORE_OK, "Events are kept on disk again", Map.of());
        } else if (event instanceof Event.TestRequested test) {
            EventRecord record =
                    reporter.gatewayEvent(EventType.TEST, "Test alarm from " + settings.gatewayId(), Map.of());
            reporter.alarm(record, test.requestId());
        } else if (event instanceof Event.StopRequested) {
            reporter.gatewayEvent(EventType.STOPPING, "Gateway " + settings.gatewayId() + " stops", Map.of());
        }
        return state;
    }

    private GatewayState linkUp(GatewayState state, Timestamp now, Reporter reporter) {
        Long lost = state.linkLostNanos();
        if (lost == null) {
            return state;
        }
        long outageMillis = Math.max(0, (now.monotonicNanos() - lost) / 1_000_000);
        reporter.gatewayEvent(
                EventType.LINK_RESTORED,
                "Connection to the broker restored after " + seconds(outageMillis) + " s",
                Map.of("outage_ms", outageMillis));
        return state.withLinkLost(null);
    }

    private static String seconds(long millis) {
        return millis < 10_000 ? millis / 1000 + "." + millis % 1000 / 100 : Long.toString(millis / 1000);
    }

    private GatewayState tick(GatewayState state, SensorTurn.Turn turn) {
        List<SensorState> sensors = new ArrayList<>(state.sensors());
        boolean any = false;
        for (int i = 0; i < sensors.size(); i++) {
            if (turn.nowNanos() - sensors.get(i).deadlineNanos() >= 0) {
                SensorTurn sensorTurn = new SensorTurn(i, settings, sensors.get(i), messages, turn);
                sensorTurn.tick();
                sensors.set(i, sensorTurn.end(state.startTold()));
                any = true;
            }
        }
        return tellLostEdges(any ? state.withSensors(sensors) : state, turn);
    }

    private GatewayState everySensor(GatewayState state, SensorTurn.Turn turn, Consumer<SensorTurn> work) {
        GatewayState next = state;
        for (int i = 0; i < state.sensors().size(); i++) {
            next = sensor(next, i, turn, work);
        }
        return next;
    }

    private GatewayState sensor(GatewayState state, int index, SensorTurn.Turn turn, Consumer<SensorTurn> work) {
        SensorState before = state.sensors().get(index);
        SensorTurn sensorTurn = new SensorTurn(index, settings, before, messages, turn);
        work.accept(sensorTurn);
        return state.withSensor(index, sensorTurn.end(state.startTold()));
    }

    private GatewayState edgesLost(GatewayState state, long count, SensorTurn.Turn turn) {
        for (int i = 0; i < state.sensors().size(); i++) {
            turn.reporter().readLevel(i);
        }
        GatewayState.LostEdges lost = state.lostEdges();
        return tellLostEdges(
                state.withLostEdges(new GatewayState.LostEdges(lost.untold() + count, lost.toldNanos())), turn);
    }

    private GatewayState tellLostEdges(GatewayState state, SensorTurn.Turn turn) {
        long untold = state.lostEdges().untold();
        Long told = state.lostEdges().toldNanos();
        boolean due = told == null || turn.nowNanos() - told >= LOST_EDGES_PAUSE.toNanos();
        if (untold == 0 || !due) {
            return state;
        }
        String message =
                untold + " edges were dropped because more arrived than could be looked at; all levels were read again";
        turn.reporter().gatewayEvent(EventType.OVERFLOW, message, Map.of("dropped_edges", untold));
        turn.reporter().log(true, message);
        return state.withLostEdges(new GatewayState.LostEdges(0, turn.nowNanos()));
    }

    private boolean isStartComplete(GatewayState state, Timestamp now) {
        return now.monotonicNanos() - state.startNanos() >= START_PATIENCE.toNanos()
                || state.sensors().stream().allMatch(SensorState::isLookedAt);
    }

    private void tellStart(GatewayState state, Reporter reporter) {
        Map<String, Object> states = new LinkedHashMap<>();
        List<String> open = new ArrayList<>();
        for (int i = 0; i < settings.sensors().size(); i++) {
            Sensor sensor = settings.sensors().get(i);
            String word = Words.state(sensor, state.sensors().get(i).told().position());
            states.put(sensor.id(), word);
            if (!word.equals("closed") && !word.equals("ok")) {
                open.add(sensor.name() + " " + word);
            }
        }
        GatewaySettings.StartFacts start = settings.start();
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("last_stop", start.lastStop().name().toLowerCase(Locale.ROOT));
        if (start.skipped() > 0) {
            more.put("skipped", Map.of("from", start.firstSeq() - start.skipped(), "to", start.firstSeq() - 1));
        }
        more.put("sensors", states);
        String suffix = open.isEmpty() ? "" : ": " + open.stream().collect(Collectors.joining(", "));
        reporter.gatewayEvent(EventType.STARTED, "Gateway " + settings.gatewayId() + " started" + suffix, more);
    }
}
