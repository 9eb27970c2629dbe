package io.github.reedgate.monitor.supervision;

import io.github.reedgate.event.EventId;
import io.github.reedgate.time.Timestamp;
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

    /** So many events of the monitor wait for the broker at most; then the oldest that is no alarm is dropped. */
    static final int MOST_WAITING = 1_000;

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
    private SupervisionState.Dropped dropped;
    private boolean save;
    private boolean probe;

    SupervisionStep(SupervisionSettings settings, long seed, SupervisionState before, Timestamp now) {
        this.settings = settings;
        this.seed = seed;
        this.before = before;
        this.now = now;
        this.link = before.link();
        this.nextSeq = before.nextSeq();
        this.dropped = before.dropped();
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
            dropped = new SupervisionState.Dropped(dropped.gateways() + 1, dropped.events());
            return;
        }
        GatewayWatch from = old == null ? GatewayWatch.NEW : old;
        GatewayWatch to = change.apply(from);
        if (old == null || !from.equals(to)) {
            copied().put(gateway, to);
            save |= old == null || !from.remembersLike(to);
            if (old == null || from.shown() != to.shown()) {
                conditions.put(gateway, to.shown());
            }
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
        SortedMap<Long, MonitorEvent> waiting = waiting();
        waiting.put(seq, event);
        if (waiting.size() > MOST_WAITING) {
            Long oldest = waiting.values().stream()
                    .filter(each -> !each.type().rings())
                    .map(MonitorEvent::seq)
                    .findFirst()
                    .orElse(waiting.firstKey());
            waiting.remove(oldest);
            dropped = new SupervisionState.Dropped(dropped.gateways(), dropped.events() + 1);
        }
        save = true;
    }

    /** The broker has an event. */
    void sent(long seq) {
        if (before.outboxBySeq().containsKey(seq)) {
            waiting().remove(seq);
            save = true;
        }
    }

    /** Reports what was left out since the last time. */
    void reportDropped() {
        if (!dropped.equals(SupervisionState.Dropped.NONE) && link.isLive()) {
            Map<String, Object> more = new TreeMap<>();
            more.put("dropped_events", dropped.events());
            more.put("unsupervised_messages", dropped.gateways());
            String message = "Supervision left out " + dropped.events() + " events of its own, and "
                    + dropped.gateways() + " messages of gateways beyond " + SupervisionSettings.MOST_GATEWAYS;
            dropped = SupervisionState.Dropped.NONE;
            report(MonitorEventType.OVERFLOW, null, message, more);
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
                new SupervisionState(watches(), link, outbox == null ? before.outboxBySeq() : outbox, nextSeq, dropped);
        return new SupervisionResult(after, save, List.copyOf(events), new TreeMap<>(conditions), probe);
    }
}
