package io.github.reedgate.core;

import io.github.reedgate.contact.Debouncer;
import io.github.reedgate.contact.Trouble;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Messages;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The core: {@code step(state, input, now) -> (state, output)}, without I/O, threads, logging or clock. Immutable, safe for
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

    /** Number of this start. */
    public long boot() {
        return settings.start().boot();
    }

    /** The topics on which the gateway takes messages, the most important first; without wildcards. */
    public List<String> topics() {
        List<String> topics = new ArrayList<>(List.of(settings.topics().panelSet()));
        settings.description().statusTopic().ifPresent(status -> {
            topics.add(settings.topics().testSet());
            topics.add(status);
        });
        return topics;
    }

    /** The topics whose retained values it wants to know at this start; mostly none. */
    public List<String> remembered() {
        return DoubtTurn.topics(settings);
    }

    /** The state before {@link Input.Started}: nothing is known of any sensor. */
    public GatewayState initial(Timestamp now) {
        Map<String, LeftOpenMemory.Kept> open =
                LeftOpenMemory.read(settings.start().before().leftOpen());
        Map<String, Trouble> troubles =
                TroubleMemory.read(settings.start().before().troubles());
        List<SensorState> sensors = settings.sensors().stream()
                .map(sensor -> SensorState.starting(Debouncer.unknown(sensor.debounce()), now.monotonicNanos())
                        .withOpen(LeftOpenMemory.resumed(sensor, open.get(sensor.id()), now))
                        .withLoop(LoopTurn.starting(sensor, now.monotonicNanos()))
                        .withTroubleBefore(troubles.get(sensor.id()), now.monotonicNanos()))
                .toList();
        return new GatewayState(
                sensors,
                settings.start().firstSeq(),
                now.monotonicNanos(),
                false,
                GatewayState.Clock.starting(now.wall()),
                Link.NONE_YET,
                LostEdges.NONE,
                now.monotonicNanos() + settings.heartbeat().toNanos(),
                CommandTurn.starting(settings, now),
                PanelTurn.starting(settings, now),
                Outputs.starting(settings.outputs().size(), now.monotonicNanos()),
                NoticeTurn.starting(settings, now),
                null);
    }

    /**
     * When {@link Input.Tick} is due next, on the monotonic clock.
     *
     * @param state the present state
     */
    public long deadlineNanos(GatewayState state) {
        long deadline = PanelTurn.deadlineNanos(state);
        Long refresh = state.link().server().refreshNanos();
        if (refresh != null && refresh - deadline < 0) {
            deadline = refresh;
        }
        WalkTest walk = state.walk();
        if (walk != null && walk.isRunning() && walk.deadlineNanos() - deadline < 0) {
            deadline = walk.deadlineNanos();
        }
        Long notice = state.notices().nextNanos();
        if (notice != null && notice - deadline < 0) {
            deadline = notice;
        }
        for (SensorState sensor : state.sensors()) {
            long other = sensor.deadlineNanos();
            deadline = other - deadline < 0 ? other : deadline;
        }
        return state.outputs().deadlineNanos(deadline);
    }

    /**
     * Takes one input in.
     *
     * @param state the present state
     * @param input what happened
     * @param now the time; its monotonic part never goes back from one call to the next
     */
    public StepResult step(GatewayState state, Input input, Timestamp now) {
        if (input instanceof Input.LevelRead read && LineTurns.isAsExpected(settings, state, read)) {
            return new StepResult(state, StepOutput.NONE);
        }
        ClockTurn clock = ClockTurn.look(state, input, now);
        GatewayState next = state.withClock(clock.clock());
        Reporter reporter = new Reporter(settings, next, now);
        Turn turn = new Turn(reporter, now.monotonicNanos(), state.startTold(), new ArrayList<>(), new HashMap<>());
        CommandTurn commands = new CommandTurn(settings, messages, now, reporter);
        next = new NumbersTurn(settings, messages, now, reporter).take(next, input);
        CommandTurn.Ordered ordered = commands.take(clock.tell(next, settings, messages, reporter), input);
        WalkTurn walk = new WalkTurn(settings, now, turn);
        next = dispatch(walk.stop(ordered.state(), ordered.input()), ordered.input(), now, turn);
        next = new PanelTurn(settings, messages, now, turn).end(walk.begin(next), ordered.input());
        next = walk.end(next, ordered.input());
        next = new OutputsTurn(settings, turn).end(next, ordered.input());
        commands.end(ordered);
        if (!next.startTold() && isStartComplete(next, now)) {
            new StartReport(settings, next).tell(reporter);
            next = next.withStartTold();
        }
        LeftOpenMemory.keep(settings, state, next, reporter);
        TroubleMemory.keep(settings, state, next, reporter);
        next = new NoticeTurn(settings, reporter, now).end(next);
        return new StepResult(next.withNextSeq(reporter.nextSeq()), reporter.output());
    }

    private LineTurns lines(Turn turn) {
        return new LineTurns(settings, messages, turn);
    }

    private GatewayState dispatch(GatewayState state, Input input, Timestamp now, Turn turn) {
        if (input instanceof Input.OfLine ofLine) {
            return ofLine(state, ofLine, turn);
        } else if (input instanceof Input.OfBroker ofBroker) {
            return ofBroker(state, ofBroker, now, turn);
        } else if (input instanceof Input.Lifecycle lifecycle) {
            return lifecycle(state, lifecycle, now, turn);
        } else if (input instanceof Input.OfStore ofStore) {
            ofStore(ofStore, turn.reporter());
        } else if (input instanceof Input.OfOperator ofOperator) {
            ofOperator(ofOperator, turn.reporter());
        } else if (input instanceof Input.Notified notified) {
            new NoticeTurn(settings, turn.reporter(), now).tell(notified.news());
        }
        return state;
    }

    private GatewayState ofLine(GatewayState state, Input.OfLine input, Turn turn) {
        if (input instanceof Input.Edge edge) {
            return lines(turn).edge(state, edge);
        } else if (input instanceof Input.LevelRead read) {
            return lines(turn).read(state, read);
        } else if (input instanceof Input.LineFailed failed) {
            return lines(turn).failed(state, failed);
        } else if (input instanceof Input.EdgesLost lost) {
            return edgesLost(state, lost.count(), turn);
        }
        return state; // what an output's line says is looked at last, with all else that concerns outputs
    }

    private GatewayState ofBroker(GatewayState state, Input.OfBroker input, Timestamp now, Turn turn) {
        if (input instanceof Input.LinkUp) {
            return beat(linkUp(state, turn), turn);
        } else if (input instanceof Input.LinkLost lost && state.link().lostNanos() == null) {
            turn.reporter()
                    .gatewayEvent(EventType.LINK_LOST, "Connection to the broker lost: " + lost.reason(), Map.of());
            return state.withLink(state.link().lostAt(now.monotonicNanos()));
        } else if (input instanceof Input.Received received) {
            return new HomeServerTurn(settings, turn.reporter(), now).take(state, received.message());
        } else if (input instanceof Input.DeliveryNews news) {
            turn.reporter().gatewayEvent(news.type(), news.message(), news.more());
        }
        return state;
    }

    private GatewayState lifecycle(GatewayState state, Input.Lifecycle input, Timestamp now, Turn turn) {
        Reporter reporter = turn.reporter();
        if (input instanceof Input.Tick) {
            return new HomeServerTurn(settings, reporter, now).tick(tick(state, turn));
        } else if (input instanceof Input.Started) {
            settings.description().messages().forEach(message -> reporter.retain(() -> message));
            return beat(lines(turn).start(state), turn);
        } else if (input instanceof Input.Failed failed) {
            reporter.gatewayEvent(
                    EventType.GATEWAY_FAULT,
                    "A defect of the program, please report it: " + failed.latest(),
                    Map.of("failures", failed.count()));
        } else if (input instanceof Input.StopRequested) {
            reporter.gatewayEvent(EventType.STOPPING, "Gateway " + settings.gatewayId() + " stops", Map.of());
        }
        return state;
    }

    private void ofOperator(Input.OfOperator input, Reporter reporter) {
        if (input instanceof Input.TestRequested test) {
            String alarm = "Test alarm from " + settings.gatewayId();
            Event event = reporter.gatewayEvent(EventType.TEST, Priority.ALARM, alarm, Map.of());
            reporter.testRaised(test.requestId(), event);
        } else if (input instanceof Input.ReceivedLost lost) {
            Map<String, Object> more = Map.of("dropped_messages", lost.count());
            overflow(lost.count() + " messages sent to the gateway were dropped", more, reporter);
        }
    }

    private static void ofStore(Input.OfStore input, Reporter reporter) {
        if (input instanceof Input.StoreFailed failed) {
            reporter.gatewayEvent(EventType.STORE_FAULT, "Events can't be kept on disk: " + failed.reason(), Map.of());
        } else if (input instanceof Input.StoreRecovered) {
            reporter.gatewayEvent(EventType.STORE_OK, "Events are kept on disk again", Map.of());
        } else if (input instanceof Input.MessagesDropped dropped) {
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("dropped_events", dropped.routine());
            more.put("dropped_alarms", dropped.alarms());
            overflow(
                    dropped.routine() + " waiting events and " + dropped.alarms() + " waiting alarms were dropped",
                    more,
                    reporter);
        } else if (input instanceof Input.EventsUnlogged lost) {
            Map<String, Object> more = Map.of("unlogged_events", lost.count());
            overflow(lost.count() + " events are missing in the log", more, reporter);
        }
    }

    private static void overflow(String what, Map<String, Object> more, Reporter reporter) {
        String message = "No room: " + what;
        reporter.gatewayEvent(EventType.OVERFLOW, message, more);
        reporter.log(true, message);
    }

    private static GatewayState linkUp(GatewayState state, Turn turn) {
        Long lost = state.link().lostNanos();
        if (lost == null) {
            return state;
        }
        long outageMillis = Math.max(0, (turn.nowNanos() - lost) / 1_000_000);
        turn.reporter()
                .gatewayEvent(
                        EventType.LINK_RESTORED,
                        "Connection to the broker restored after " + seconds(outageMillis) + " s",
                        Map.of("outage_ms", outageMillis));
        return state.withLink(state.link().back());
    }

    private GatewayState beat(GatewayState state, Turn turn) {
        turn.reporter().heartbeat(state.link().reconnects(), CommandTurn.refused(state));
        return state.withNextBeat(turn.nowNanos() + settings.heartbeat().toNanos());
    }

    private static String seconds(long millis) {
        return millis < 10_000 ? millis / 1000 + "." + millis % 1000 / 100 : Long.toString(millis / 1000);
    }

    private GatewayState tick(GatewayState state, Turn turn) {
        GatewayState next = tellLostEdges(lines(turn).tick(state), turn);
        return turn.nowNanos() - state.nextBeatNanos() >= 0 ? beat(next, turn) : next;
    }

    private GatewayState edgesLost(GatewayState state, long count, Turn turn) {
        lines(turn).readAll();
        LostEdges lost = state.lostEdges();
        return tellLostEdges(state.withLostEdges(new LostEdges(lost.untold() + count, lost.toldNanos())), turn);
    }

    private GatewayState tellLostEdges(GatewayState state, Turn turn) {
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
        return state.withLostEdges(new LostEdges(0, turn.nowNanos()));
    }

    private boolean isStartComplete(GatewayState state, Timestamp now) {
        return now.monotonicNanos() - state.startNanos() >= START_PATIENCE.toNanos()
                || state.sensors().stream().allMatch(SensorState::isLookedAt);
    }
}
