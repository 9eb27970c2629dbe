package io.github.reedgate.monitor.app;

import io.github.reedgate.monitor.app.SupervisionInputs.Entry;
import io.github.reedgate.monitor.record.Delivery;
import io.github.reedgate.monitor.record.OwnEvent;
import io.github.reedgate.monitor.record.RawMessage;
import io.github.reedgate.monitor.supervision.GatewayCondition;
import io.github.reedgate.monitor.supervision.GatewayMessages;
import io.github.reedgate.monitor.supervision.MonitorEvent;
import io.github.reedgate.monitor.supervision.Supervision;
import io.github.reedgate.monitor.supervision.SupervisionInput;
import io.github.reedgate.monitor.supervision.SupervisionResult;
import io.github.reedgate.monitor.supervision.SupervisionState;
import io.github.reedgate.monitor.supervision.SupervisionStore;
import io.github.reedgate.notify.Answer;
import io.github.reedgate.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code supervision}, which owns the supervision: others hand in what happened. It stores the state before it
 * publishes what follows from it, once for all that came since the last round. An alarm does not wait for a disk that fails.
 */
final class SupervisionThread {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisionThread.class);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofMillis(250);

    private final Parts parts;
    private final String probeTopic;
    private final GatewayMessages reader;
    private final SupervisionInputs inputs;
    private final SupervisionLines lines;
    private final StateKeeper keeper;
    private final Thread thread = new Thread(this::run, "supervision");
    private final RoundCounter rounds = new RoundCounter(thread, LONGEST_ROUND);
    private final Faults faults = new Faults(LOG);
    private final List<MonitorEvent> events = new ArrayList<>();
    private final Map<String, GatewayCondition> conditions = new TreeMap<>();
    private SupervisionState state;
    private boolean probes;
    private volatile boolean stopping;
    private volatile SupervisionHealth health;

    /**
     * What the thread works with.
     *
     * @param supervision decides
     * @param store where the state survives
     * @param outgoing publishes
     * @param reports takes events for the history, which publishes them
     * @param alerts notifies targets beside the broker
     * @param time both clocks
     * @param zone of the times in alarm lines
     */
    record Parts(
            Supervision supervision,
            SupervisionStore store,
            Outgoing outgoing,
            Consumer<OwnEvent> reports,
            Alerts alerts,
            TimeSource time,
            ZoneId zone) {}

    /**
     * A thread that does not run yet.
     *
     * @param root the root of the monitor's own topics
     * @param topicPrefix what the topics of the gateways start with
     * @param state what was stored last
     */
    SupervisionThread(Parts parts, String root, String topicPrefix, SupervisionState state) {
        this.parts = parts;
        this.probeTopic = probeTopic(root);
        this.reader = new GatewayMessages(topicPrefix);
        this.inputs = new SupervisionInputs(this::full);
        this.lines = new SupervisionLines(parts, root, inputs::add);
        this.keeper = new StateKeeper(parts.store());
        this.state = state;
        this.health = look();
        thread.setDaemon(true);
    }

    /** The topic on which the monitor sends a probe to itself. */
    static String probeTopic(String root) {
        return root + "/probe";
    }

    /** Starts the thread. */
    void start() {
        // an earlier start may have got no further; the lines are published on the first connection
        state.outbox().forEach(this::alert);
        thread.start();
    }

    /** True if the message is the echo of a probe, which the supervision acknowledges itself. */
    boolean isProbe(String topic) {
        return topic.equals(probeTopic);
    }

    /** How the supervision is; does not block. */
    SupervisionHealth health() {
        return health.with(rounds, inputs);
    }

    /** What the thread has done so far. */
    RoundCounter rounds() {
        return rounds;
    }

    /** False while the queue of this thread is full, so that the session must not receive more. True if the thread has ended. */
    boolean hasRoom() {
        return inputs.hasRoom() || thread.getState() == Thread.State.TERMINATED;
    }

    /** The broker accepted the connection and the subscriptions. Returns at once, like all that follows. */
    void up(boolean sessionPresent) {
        inputs.connected();
        inputs.add(() -> lines.connected(state)); // before anything is published on it
        inputs.add(new SupervisionInput.LinkUp(sessionPresent));
    }

    /** The connection ended. */
    void down() {
        inputs.disconnected();
        inputs.add(new SupervisionInput.LinkLost());
    }

    /**
     * A message arrived.
     *
     * @return false if the queue is full; the caller must not acknowledge the message then, and the broker sends it again
     */
    boolean received(Delivery delivery) {
        RawMessage message = delivery.message();
        Optional<? extends SupervisionInput> input = read(message, delivery.isRetained());
        boolean isTaken = input.isEmpty()
                || thread.getState() == Thread.State.TERMINATED
                || inputs.offer(input.get(), message.payload().length);
        if (isTaken && isProbe(message.topic())) {
            delivery.acknowledge();
        }
        return isTaken;
    }

    private Optional<? extends SupervisionInput> read(RawMessage message, boolean isRetained) {
        String text = new String(message.payload(), StandardCharsets.UTF_8);
        try {
            return isProbe(message.topic())
                    ? Optional.of(new SupervisionInput.LineProved(Long.parseLong(text)))
                    : reader.read(message.topic(), text, isRetained);
        } catch (NumberFormatException e) {
            LOG.warn("another client publishes on {}; allow that to the monitor's account only", probeTopic);
        } catch (IOException e) {
            LOG.debug("not read for the supervision, {}: {}", message.topic(), e.getMessage());
        }
        return Optional.empty();
    }

    private void full() {
        OwnEvent event = SupervisionInputs.overflow(parts.time().now().wall());
        LOG.warn("{}", event.message());
        parts.reports().accept(event);
    }

    /** The recorder judged the history of a gateway. */
    void recorded(String gateway, String word) {
        boolean isIncomplete = word.equals(GatewayCondition.INCOMPLETE.word());
        boolean isConflict = word.equals(GatewayCondition.CONFLICT.word());
        inputs.add(new SupervisionInput.Recorded(gateway, isIncomplete, isConflict));
    }

    /**
     * Acknowledges all alarms, as an operator on this machine has asked.
     *
     * @return the gateways whose alarms this ended, and no others, once that is stored; if it is cancelled before, nothing is done
     */
    CompletableFuture<List<String>> acknowledge(String by) {
        CompletableFuture<List<String>> answer = new CompletableFuture<>();
        inputs.add(() -> {
            if (!answer.isCancelled()) {
                List<String> ringing = state.ringing();
                take(List.of(new SupervisionInput.Acknowledged(by, null)));
                keeper.whenStored(() -> answer.complete(ringing));
            }
        });
        return answer;
    }

    /** A server answered to a notification. Called by threads of the HTTP client. */
    void answered(Answer answer) {
        inputs.add(() -> parts.alerts().take(answer, parts.time().now()));
    }

    private void run() {
        while (!stopping) {
            try {
                round();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        faults.guard(
                "storing the state",
                () -> keeper.saveAll(state, parts.time().now().monotonicNanos()));
    }

    /** A fault of one part or one input costs nothing but that. */
    private void round() throws InterruptedException {
        long before = faults.count();
        apply(inputs.take(TICK));
        faults.guard("the judgement", () -> take(List.of(new SupervisionInput.Tick())));
        faults.guard(
                "storing the state", () -> keeper.save(state, parts.time().now().monotonicNanos()));
        faults.guard("publishing", this::publish);
        faults.guard(
                "notifying",
                () -> parts.alerts().advance(state.incidents(), parts.time().now()));
        health = look();
        rounds.over(faults.count() > before);
    }

    private void apply(List<Entry> taken) {
        List<SupervisionInput> together = new ArrayList<>();
        for (Entry entry : taken) {
            if (entry instanceof Entry.Input input) {
                together.add(input.input());
            } else if (entry instanceof Entry.Order order) {
                takeAll(together);
                together.clear();
                faults.guard("an order", order.work());
            }
        }
        takeAll(together);
    }

    /** Takes them in one step. If that fails, each by itself, so that no other is lost with the one that can't be taken. */
    private void takeAll(List<SupervisionInput> together) {
        if (!together.isEmpty() && !faults.guard("a step", () -> take(together))) {
            together.forEach(each -> faults.guard("an input", () -> take(List.of(each))));
        }
    }

    private void take(List<SupervisionInput> together) {
        SupervisionResult result =
                parts.supervision().step(state, together, parts.time().now());
        state = result.state();
        keeper.changed(result);
        events.addAll(result.events());
        conditions.putAll(result.conditions());
        probes |= result.probe();
    }

    private void alert(MonitorEvent event) {
        String incident = state.incidents().getOrDefault(String.valueOf(event.gateway()), "");
        parts.alerts().take(event, incident, parts.time().now());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // without an echo another probe is sent
    private void publish() {
        List<MonitorEvent> happened = List.copyOf(events);
        events.clear();
        for (MonitorEvent event : happened) {
            LOG.warn("{}", event.message());
            parts.reports().accept(Watching.own(event));
            faults.guard("notifying", () -> alert(event));
        }
        Map<String, GatewayCondition> changed = Map.copyOf(conditions);
        conditions.clear();
        lines.publish(state, changed, seq -> inputs.add(new SupervisionInput.Sent(seq)));
        if (probes) {
            probes = false;
            parts.outgoing().publish(probeTopic, Long.toString(state.probeNanos()), false);
        }
    }

    private SupervisionHealth look() {
        return SupervisionHealth.of(state, keeper.trouble(), faults.count(), lines.refused());
    }

    /** Ends after the round that runs; blocks for some seconds at most. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join(5_000);
    }
}
