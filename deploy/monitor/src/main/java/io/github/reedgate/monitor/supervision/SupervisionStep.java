package io.github.reedgate.monitor.supervision;

import io.github.reedgate.event.EventId;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Collects what one step changes. Lives for one step, used by one thread. */
final class SupervisionStep {

    /** So many alarms wait for the broker at most; then the oldest is dropped. */
    static final int MOST_WAITING = 1_000;

    private static final Duration DROPS_EVERY = Duration.ofMinutes(1);

    private final SupervisionSettings settings;
    private final long seed;
    private final SupervisionState before;
    private final Timestamp now;
    private final List<MonitorEvent> events = new ArrayList<>();
    private final Map<String, GatewayCondition> conditions = new TreeMap<>();
    // a copy once something changes
    private @Nullable Map<String, GatewayWatch> watches;
    private @Nullable SortedMap<Long, MonitorEvent> outbox;
    private LinkPhase link;
    private long nextSeq;
    private LeftOut leftOut;
    private boolean save;
    private boolean saveSoon;
    private boolean probe;

    SupervisionStep(SupervisionSettings settings, long seed, SupervisionState before, Timestamp now) {
        this.settings = settings;
        this.seed = seed;
        this.before = before;
        this.now = now;
        this.link = before.link();
        this.nextSeq = before.nextSeq();
        this.leftOut = before.leftOut();
    }

    SupervisionSettings settings() {
        return settings;
    }

    Timestamp now() {
        return now;
    }

    long nanos() {
        return now.monotonicNanos();
    }

    LinkPhase link() {
        return link;
    }

    void link(LinkPhase other) {
        link = other;
    }

    Map<String, GatewayWatch> watches() {
        return watches == null ? before.watches() : watches;
    }

    /** Ids of all gateways, as they are now; may be changed while the list is read. */
    List<String> ids() {
        return List.copyOf(watches().keySet());
    }

    /** The gateway; a new one if it is not known. */
    GatewayWatch watch(String gateway) {
        return watches().getOrDefault(gateway, GatewayWatch.NEW);
    }

    /** Changes a gateway; a new one is taken in unless there are too many. */
    void change(String gateway, UnaryOperator<GatewayWatch> change) {
        GatewayWatch old = watches().get(gateway);
        if (old == null && watches().size() >= SupervisionSettings.MOST_GATEWAYS) {
            leaveOut(gateway);
            return;
        }
        GatewayWatch from = old == null ? GatewayWatch.NEW : old;
        GatewayWatch to = change.apply(from);
        if (old == null || !from.equals(to)) {
            copied().put(gateway, to);
            save |= old == null || !from.isLikeButForNumbers(to);
            saveSoon |= !from.remembersLike(to);
            leftOut = leftOut.without(gateway);
            if (old == null || from.shown() != to.shown()) {
                conditions.put(gateway, to.shown());
            }
        }
    }

    private void leaveOut(String gateway) {
        boolean isFirst = leftOut.ids().isEmpty();
        leftOut = leftOut.message(gateway);
        if (isFirst) {
            report(
                    MonitorEventType.OVERFLOW,
                    null,
                    "Gateway " + gateway + " is not supervised, nor is any further one: "
                            + SupervisionSettings.MOST_GATEWAYS + " are; clear the topics of those that are gone",
                    Map.of("unsupervised_gateway", gateway, "limit", SupervisionSettings.MOST_GATEWAYS));
        }
    }

    void remove(String gateway) {
        if (copied().remove(gateway) != null) {
            save = true;
            conditions.put(gateway, GatewayCondition.UNKNOWN);
        }
    }

    private Map<String, GatewayWatch> copied() {
        Map<String, GatewayWatch> all = watches;
        if (all == null) {
            all = new HashMap<>(before.watches());
            watches = all;
        }
        return all;
    }

    /** Adds an event. */
    void report(MonitorEventType type, @Nullable String gateway, String message, Map<String, Object> more) {
        long seq = nextSeq++;
        MonitorEvent event =
                new MonitorEvent(seq, EventId.of(now.wall(), seed, seq), type, now.wall(), gateway, message, more);
        events.add(event);
        if (type.rings()) {
            SortedMap<Long, MonitorEvent> waiting = waiting();
            waiting.put(seq, event);
            if (waiting.size() > MOST_WAITING) {
                waiting.remove(waiting.firstKey());
                leftOut = leftOut.event();
            }
        }
        save = true;
    }

    /** The broker has an alarm. */
    void sent(long seq) {
        if (waiting().remove(seq) != null) {
            save = true;
        }
    }

    /** Reports the alarm lines that were dropped since the last time, once a minute at most. */
    void reportDropped() {
        Long told = leftOut.toldNanos();
        boolean isDue = told == null || nanos() - told >= DROPS_EVERY.toNanos();
        long more = leftOut.events() - leftOut.toldEvents();
        if (more > 0 && isDue) {
            leftOut = leftOut.told(nanos());
            report(
                    MonitorEventType.OVERFLOW,
                    null,
                    "Supervision dropped " + more + " alarm lines, the oldest of more than " + MOST_WAITING
                            + " that the broker has not acknowledged",
                    Map.of("dropped_events", more));
        }
    }

    private SortedMap<Long, MonitorEvent> waiting() {
        SortedMap<Long, MonitorEvent> all = outbox;
        if (all == null) {
            all = new TreeMap<>(before.outboxBySeq());
            outbox = all;
        }
        return all;
    }

    /** Asks for a probe. */
    void probe() {
        link = link.probed(nanos());
        probe = true;
    }

    SupervisionResult finish() {
        SupervisionState after =
                new SupervisionState(watches(), link, outbox == null ? before.outboxBySeq() : outbox, nextSeq, leftOut);
        return new SupervisionResult(after, save, saveSoon, List.copyOf(events), new TreeMap<>(conditions), probe);
    }
}
