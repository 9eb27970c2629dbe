package io.github.reedgate.monitor.app;

import io.github.reedgate.event.ClockText;
import io.github.reedgate.link.LinkTrouble;
import io.github.reedgate.monitor.link.SessionEvents;
import io.github.reedgate.monitor.record.Delivery;
import io.github.reedgate.monitor.record.OwnEvent;
import io.github.reedgate.monitor.record.RawMessage;
import io.github.reedgate.monitor.supervision.GatewayCondition;
import io.github.reedgate.monitor.supervision.GatewayMessages;
import io.github.reedgate.monitor.supervision.MonitorEvent;
import io.github.reedgate.monitor.supervision.Supervision;
import io.github.reedgate.monitor.supervision.SupervisionInput;
import io.github.reedgate.monitor.supervision.SupervisionMemory;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code supervision}, which owns the supervision: others hand in what happened. It stores the state before it
 * publishes what follows from it. An alarm does not wait for a disk that fails.
 */
final class SupervisionThread implements SessionEvents {

    private static final Logger LOG = LoggerFactory.getLogger(SupervisionThread.class);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofMillis(250);

    private final Parts parts;
    private final String root;
    private final String probeTopic;
    private final GatewayMessages reader;
    private final BlockingQueue<Runnable> inputs = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "supervision");
    private final Set<Long> sending = new HashSet<>();
    private final List<MonitorEvent> events = new ArrayList<>();
    private final Map<String, GatewayCondition> conditions = new TreeMap<>();
    private SupervisionState state;
    private boolean unsaved;
    private boolean probes;
    private boolean reconnected;
    private long probeNanos;
    private volatile boolean stopping;
    private volatile long roundNanos = System.nanoTime();
    private volatile boolean saved = true;
    private volatile boolean live;
    private volatile List<String> ringing = List.of();

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
        this.root = root;
        this.probeTopic = probeTopic(root);
        this.reader = new GatewayMessages(topicPrefix);
        this.state = state;
        thread.setDaemon(true);
    }

    /** The topic on which the monitor sends a probe to itself. */
    static String probeTopic(String root) {
        return root + "/probe";
    }

    /** Starts the thread. */
    void start() {
        // an earlier start may have got no further; the lines are published on the first connection
        state.outbox().stream().filter(each -> each.type().rings()).forEach(this::alert);
        thread.start();
    }

    /** True if the message is the echo of a probe, which the supervision acknowledges itself. */
    boolean isProbe(String topic) {
        return topic.equals(probeTopic);
    }

    /** True while the thread works, hears what happens, and its state is on disk. */
    boolean isHealthy() {
        return saved && live && System.nanoTime() - roundNanos < LONGEST_ROUND.toNanos();
    }

    /** Ids of the gateways with an alarm that nobody has acknowledged. */
    List<String> ringing() {
        return ringing;
    }

    @Override
    public void up(boolean sessionPresent) {
        inputs.add(() -> {
            sending.clear();
            reconnected = true;
            take(new SupervisionInput.LinkUp(sessionPresent));
        });
    }

    @Override
    public void received(Delivery delivery) {
        RawMessage message = delivery.message();
        if (isProbe(message.topic())) {
            inputs.add(() -> probed(new String(message.payload(), StandardCharsets.UTF_8)));
            delivery.acknowledge();
            return;
        }
        try {
            String text = new String(message.payload(), StandardCharsets.UTF_8);
            reader.read(message.topic(), text, delivery.isRetained()).ifPresent(heard -> inputs.add(() -> take(heard)));
        } catch (IOException e) {
            LOG.debug("not read for the supervision, {}: {}", message.topic(), e.getMessage());
        }
    }

    @Override
    public void down(boolean wasUp, LinkTrouble trouble, String message) {
        if (wasUp) {
            inputs.add(() -> take(new SupervisionInput.LinkLost()));
        }
    }

    /** The recorder judged the history of a gateway. */
    void recorded(String gateway, String word) {
        boolean isIncomplete = word.equals(GatewayCondition.INCOMPLETE.word());
        boolean isConflict = word.equals(GatewayCondition.CONFLICT.word());
        inputs.add(() -> take(new SupervisionInput.Recorded(gateway, isIncomplete, isConflict)));
    }

    /** Somebody on this machine acknowledges all alarms. */
    void acknowledge(String by) {
        inputs.add(() -> take(new SupervisionInput.Acknowledged(by, null)));
    }

    private void run() {
        while (!stopping) {
            try {
                round();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.error("a round of the supervision failed; it goes on", e);
            }
        }
    }

    private void round() throws InterruptedException {
        Runnable first = inputs.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
        List<Runnable> taken = new ArrayList<>();
        if (first != null) {
            taken.add(first);
            inputs.drainTo(taken);
        }
        taken.forEach(Runnable::run);
        take(new SupervisionInput.Tick());
        save();
        publish();
        parts.alerts().advance(state.incidents(), parts.time().now());
        ringing = state.ringing();
        live = state.isLive();
        roundNanos = System.nanoTime();
    }

    private void take(SupervisionInput input) {
        SupervisionResult result =
                parts.supervision().step(state, input, parts.time().now());
        state = result.state();
        unsaved |= result.save();
        events.addAll(result.events());
        conditions.putAll(result.conditions());
        if (result.probe()) {
            probes = true;
            probeNanos = state.probeNanos();
        }
    }

    private void alert(MonitorEvent event) {
        String incident = state.incidents().getOrDefault(String.valueOf(event.gateway()), "");
        parts.alerts().take(event, incident, parts.time().now());
    }

    /** A server answered to a notification. Called by threads of the HTTP client; returns at once. */
    void answered(Answer answer) {
        inputs.add(() -> parts.alerts().take(answer, parts.time().now()));
    }

    private void probed(String payload) {
        try {
            take(new SupervisionInput.LineProved(Long.parseLong(payload)));
        } catch (NumberFormatException e) {
            LOG.warn("somebody else publishes on {}; only the monitor's account should be allowed to", probeTopic);
        }
    }

    private void save() {
        if (!unsaved) {
            return;
        }
        try {
            parts.store().save(SupervisionMemory.write(state));
            unsaved = false;
            saved = true;
        } catch (IOException e) {
            if (saved) {
                LOG.error("alarms go on, but would not survive a restart: the state can't be stored: {}", e.toString());
            }
            saved = false;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // published again on the next connection
    private void publish() {
        for (MonitorEvent event : events) {
            LOG.warn("{}", event.message());
            parts.reports().accept(Watching.own(event));
            alert(event);
            if (!event.type().rings()) {
                inputs.add(() -> take(new SupervisionInput.Sent(event.seq())));
            }
        }
        events.clear();
        state.outbox().stream()
                .filter(each -> each.type().rings() && sending.add(each.seq()))
                .toList()
                .forEach(this::ring);
        if (reconnected) {
            conditions.putAll(state.conditions());
            reconnected = false;
        }
        conditions.forEach((gateway, condition) ->
                parts.outgoing().publish(root + "/" + gateway + "/state", condition.word(), true));
        conditions.clear();
        if (probes) {
            probes = false;
            parts.outgoing().publish(probeTopic, Long.toString(probeNanos), false);
        }
    }

    /** Publishes an alarm line. Without a connection it is published on the next one. */
    @SuppressWarnings("FutureReturnValueIgnored") // what follows is an input
    private void ring(MonitorEvent event) {
        String line = event.message() + ", " + ClockText.clock(event.time(), parts.zone());
        parts.outgoing()
                .publish(root + "/alarm", line, false)
                .thenAccept(taken -> inputs.add(() -> {
                    if (taken) {
                        take(new SupervisionInput.Sent(event.seq()));
                    }
                }));
    }

    /** Ends after the round that runs; blocks for some seconds at most. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join(5_000);
    }
}
