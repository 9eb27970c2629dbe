package io.github.reedgate.core;

import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Retained;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records events that concern the whole gateway: of the connection, the store, losses, test alarms, failures and the stop; and
 * publishes the diagnostics. Lives for one step.
 */
final class SystemStage {

    private static final Duration LOST_EDGES_PAUSE = Duration.ofMinutes(1);

    private final StepContext step;
    private final Reporter reporter;

    private SystemStage(StepContext step) {
        this.step = step;
        this.reporter = step.reporter();
    }

    /** At the start, ahead of all values: what describes them. */
    static void describe(StepContext step) {
        if (step.input() instanceof Input.Started) {
            step.settings()
                    .description()
                    .messages()
                    .forEach(message -> step.reporter().retain(new Retained.Description(message)));
        }
    }

    static void run(StepContext step) {
        SystemStage stage = new SystemStage(step);
        Input input = step.input();
        if (input instanceof Input.EdgesLost lost) {
            stage.edgesLost(lost.count());
        } else if (input instanceof Input.OfBroker ofBroker) {
            stage.ofBroker(ofBroker);
        } else if (input instanceof Input.Lifecycle lifecycle) {
            stage.lifecycle(lifecycle);
        } else if (input instanceof Input.OfStore ofStore) {
            stage.ofStore(ofStore);
        } else if (input instanceof Input.OfOperator ofOperator) {
            stage.ofOperator(ofOperator);
        }
    }

    private void ofBroker(Input.OfBroker input) {
        if (input instanceof Input.LinkUp) {
            linkUp();
            beat();
        } else if (input instanceof Input.LinkLost lost && step.link().lostNanos() == null) {
            reporter.gatewayEvent(EventType.LINK_LOST, "Connection to the broker lost: " + lost.reason(), Map.of());
            step.link(step.link().lostAt(step.nowNanos()));
        } else if (input instanceof Input.DeliveryNews news) {
            reporter.gatewayEvent(news.type(), news.message(), news.more());
        }
    }

    private void lifecycle(Input.Lifecycle input) {
        if (input instanceof Input.Tick) {
            tellLostEdges();
            if (step.nowNanos() - step.before().nextBeatNanos() >= 0) {
                beat();
            }
        } else if (input instanceof Input.Started) {
            beat();
        } else if (input instanceof Input.Failed failed) {
            reporter.gatewayEvent(
                    EventType.GATEWAY_FAULT,
                    "A defect of the program, please report it: " + failed.latest(),
                    Map.of("failures", failed.count()));
        } else if (input instanceof Input.PingChanged ping) {
            EventType type = ping.isFailing() ? EventType.PING_FAILED : EventType.PING_RESTORED;
            reporter.gatewayEvent(type, ping.message(), Map.of());
        } else if (input instanceof Input.StopRequested) {
            String message = "Gateway " + step.settings().gatewayId() + " stops";
            reporter.gatewayEvent(EventType.STOPPING, message, Map.of());
        }
    }

    private void ofOperator(Input.OfOperator input) {
        if (input instanceof Input.TestRequested test) {
            String alarm = "Test alarm from " + step.settings().gatewayId();
            Event event = reporter.gatewayEvent(EventType.TEST, Priority.ALARM, alarm, Map.of());
            reporter.testRaised(test.requestId(), event);
        } else if (input instanceof Input.ReceivedLost lost) {
            Map<String, Object> more = Map.of("dropped_messages", lost.count());
            overflow(lost.count() + " messages sent to the gateway were dropped", more);
        }
    }

    private void ofStore(Input.OfStore input) {
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
                    more);
        } else if (input instanceof Input.EventsUnlogged lost) {
            Map<String, Object> more = Map.of("unlogged_events", lost.count());
            overflow(lost.count() + " events are missing in the log", more);
        }
    }

    private void overflow(String what, Map<String, Object> more) {
        String message = "No room: " + what;
        reporter.gatewayEvent(EventType.OVERFLOW, message, more);
        reporter.log(true, message);
    }

    private void linkUp() {
        Long lost = step.link().lostNanos();
        if (lost != null) {
            long outageMillis = Math.max(0, (step.nowNanos() - lost) / 1_000_000);
            reporter.gatewayEvent(
                    EventType.LINK_RESTORED,
                    "Connection to the broker restored after " + seconds(outageMillis) + " s",
                    Map.of("outage_ms", outageMillis));
            step.link(step.link().back());
        }
    }

    private void beat() {
        reporter.heartbeat(step.link().reconnects(), CommandStage.refused(step.gate()));
        step.nextBeat(step.nowNanos() + step.settings().heartbeat().toNanos());
    }

    private static String seconds(long millis) {
        return millis < 10_000 ? millis / 1000 + "." + millis % 1000 / 100 : Long.toString(millis / 1000);
    }

    private void edgesLost(long count) {
        LostEdges lost = step.lostEdges();
        step.lostEdges(new LostEdges(lost.untold() + count, lost.toldNanos()));
        tellLostEdges();
    }

    private void tellLostEdges() {
        long untold = step.lostEdges().untold();
        Long told = step.lostEdges().toldNanos();
        boolean due = told == null || step.nowNanos() - told >= LOST_EDGES_PAUSE.toNanos();
        if (untold > 0 && due) {
            String message = untold
                    + " edges were dropped because more arrived than could be looked at; all levels were read again";
            reporter.gatewayEvent(EventType.OVERFLOW, message, Map.of("dropped_edges", untold));
            reporter.log(true, message);
            step.lostEdges(new LostEdges(0, step.nowNanos()));
        }
    }
}
