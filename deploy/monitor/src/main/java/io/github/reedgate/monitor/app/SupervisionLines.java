package io.github.reedgate.monitor.app;

import io.github.reedgate.event.ClockText;
import io.github.reedgate.monitor.record.OwnEvent;
import io.github.reedgate.monitor.supervision.GatewayCondition;
import io.github.reedgate.monitor.supervision.MonitorEvent;
import io.github.reedgate.monitor.supervision.SupervisionState;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Publishes the lines of alarms and the states of gateways until the broker takes them. What it refuses is tried again, after
 * growing waits. Owned by the supervision's thread; never blocks.
 */
final class SupervisionLines {

    /** So many refusals in a row on one connection are reported; a connection that just broke refuses once or twice. */
    private static final int REPORTED_REFUSALS = 3;

    private final SupervisionThread.Parts parts;
    private final String root;
    private final Consumer<Runnable> later;
    private final Tries<Long> alarms = new Tries<>();
    private final Tries<String> states = new Tries<>();
    private final Map<String, GatewayCondition> unsent = new TreeMap<>();
    private long connection;
    private long refused;
    // the topic whose refusal was reported, or empty
    private String refusedTopic = "";

    /**
     * Lines of which none is on its way.
     *
     * @param parts publishes and takes reports
     * @param root the root of the monitor's own topics
     * @param later hands work to the thread that owns this; called by threads of the MQTT client
     */
    SupervisionLines(SupervisionThread.Parts parts, String root, Consumer<Runnable> later) {
        this.parts = parts;
        this.root = root;
        this.later = later;
    }

    /** There is a new connection: all that was not taken, and the state of each gateway, goes out again. */
    void connected(SupervisionState state) {
        connection++;
        alarms.clear();
        states.clear();
        unsent.putAll(state.conditions());
    }

    /** How often the broker refused a line or a state, or the connection broke meanwhile. */
    long refused() {
        return refused;
    }

    /**
     * Publishes what is due.
     *
     * @param state tells which alarms the broker has not acknowledged, and whether there is a connection
     * @param changed states that changed
     * @param sent takes the number of an alarm that the broker took
     */
    void publish(SupervisionState state, Map<String, GatewayCondition> changed, LongConsumer sent) {
        unsent.putAll(changed);
        if (!state.isConnected()) {
            return; // all goes out on the next connection
        }
        long nowNanos = parts.time().now().monotonicNanos();
        alarms.keepOnly(state.outbox().stream().map(MonitorEvent::seq).collect(Collectors.toSet()));
        for (MonitorEvent event : state.outbox()) {
            if (alarms.begin(event.seq(), nowNanos)) {
                String line = event.message() + ", " + ClockText.clock(event.time(), parts.zone());
                // it counts as on its way until the state knows that the broker has it
                send(alarms, event.seq(), root + "/alarm", line, () -> sent.accept(event.seq()));
            }
        }
        Map.copyOf(unsent).forEach((gateway, condition) -> {
            if (states.begin(gateway, nowNanos)) {
                String topic = root + "/" + gateway + "/state";
                send(states, gateway, topic, condition.word(), () -> {
                    states.done(gateway);
                    unsent.remove(gateway, condition);
                });
            }
        });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what follows is handed to the thread
    private <K> void send(Tries<K> tries, K key, String topic, String payload, Runnable done) {
        long of = connection;
        parts.outgoing()
                .publish(topic, payload, tries == states)
                .thenAccept(taken -> later.accept(() -> {
                    if (taken) {
                        done.run();
                        taken(topic);
                    } else if (of == connection) {
                        refused++;
                        refused(topic, tries.failed(key, parts.time().now().monotonicNanos()));
                    }
                }));
    }

    private void refused(String topic, int times) {
        if (times == REPORTED_REFUSALS && refusedTopic.isEmpty()) {
            refusedTopic = topic;
            report(
                    OwnEvent.Type.PUBLISH_REFUSED,
                    "The broker does not take what the monitor publishes on " + topic
                            + "; it is tried again. Let the monitor's account publish below " + root);
        }
    }

    private void taken(String topic) {
        if (topic.equals(refusedTopic)) {
            refusedTopic = "";
            report(OwnEvent.Type.PUBLISH_RESTORED, "The broker takes again what the monitor publishes on " + topic);
        }
    }

    private void report(OwnEvent.Type type, String message) {
        long now = parts.time().now().wall().toEpochMilli();
        parts.reports().accept(new OwnEvent(type, null, message, Map.of(), now));
    }
}
