package io.github.reedgate.monitor.supervision;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that the supervision knows. Immutable; the shell only passes it on. */
public final class SupervisionState {

    private final Map<String, GatewayWatch> watches;
    private final LinkPhase link;
    private final SortedMap<Long, MonitorEvent> outbox;
    private final long nextSeq;
    private final Dropped dropped;

    /**
     * What was left out because of a bound, and is not reported yet.
     *
     * @param gateways ids that are not supervised, counted once for each message
     * @param events events of the monitor that could not be published
     */
    record Dropped(long gateways, long events) {

        static final Dropped NONE = new Dropped(0, 0);
    }

    /** Takes over the collections, which nobody changes any more. */
    SupervisionState(
            Map<String, GatewayWatch> watches,
            LinkPhase link,
            SortedMap<Long, MonitorEvent> outbox,
            long nextSeq,
            Dropped dropped) {
        this.watches = Collections.unmodifiableMap(watches);
        this.link = link;
        this.outbox = Collections.unmodifiableSortedMap(outbox);
        this.nextSeq = nextSeq;
        this.dropped = dropped;
    }

    /** The state of a monitor that was never started. */
    static SupervisionState empty(long nowNanos) {
        LinkPhase link = new LinkPhase(LinkPhase.Stage.NEVER, nowNanos, false, nowNanos, nowNanos, null, null, null);
        return new SupervisionState(Map.of(), link, new TreeMap<>(), 1, Dropped.NONE);
    }

    Map<String, GatewayWatch> watches() {
        return watches;
    }

    LinkPhase link() {
        return link;
    }

    SortedMap<Long, MonitorEvent> outboxBySeq() {
        return outbox;
    }

    long nextSeq() {
        return nextSeq;
    }

    Dropped dropped() {
        return dropped;
    }

    /** The events that the broker has not acknowledged, the oldest first. */
    public Collection<MonitorEvent> outbox() {
        return outbox.values();
    }

    /** The word for the state topic of each gateway. */
    public Map<String, GatewayCondition> conditions() {
        Map<String, GatewayCondition> all = new TreeMap<>();
        watches.forEach((id, watch) -> all.put(id, watch.shown()));
        return all;
    }

    /** Ids of the gateways with an alarm that nobody has acknowledged. */
    public List<String> ringing() {
        return watches.entrySet().stream()
                .filter(each -> isRinging(each.getValue().alarm()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The incident of each alarm that nobody has acknowledged, by gateway. */
    public Map<String, String> incidents() {
        Map<String, String> all = new TreeMap<>();
        watches.forEach((id, watch) -> {
            SilenceAlarm alarm = watch.alarm();
            if (alarm != null && isRinging(alarm)) {
                all.put(id, alarm.incident());
            }
        });
        return all;
    }

    private static boolean isRinging(@Nullable SilenceAlarm alarm) {
        return alarm != null && !alarm.acknowledged();
    }

    /** When the probe was sent whose echo is awaited, on the monotonic clock; meaningless if none is. */
    public long probeNanos() {
        Long asked = link.probeNanos();
        return asked == null ? 0 : asked;
    }

    /** True while the connection to the broker stands and everything that it had kept has arrived. */
    public boolean isLive() {
        return link.isLive();
    }
}
