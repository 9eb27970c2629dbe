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
    private final LeftOut leftOut;

    /** Takes over the collections, which nobody changes any more. */
    SupervisionState(
            Map<String, GatewayWatch> watches,
            LinkPhase link,
            SortedMap<Long, MonitorEvent> outbox,
            long nextSeq,
            LeftOut leftOut) {
        this.watches = Collections.unmodifiableMap(watches);
        this.link = link;
        this.outbox = Collections.unmodifiableSortedMap(outbox);
        this.nextSeq = nextSeq;
        this.leftOut = leftOut;
    }

    /** The state of a monitor that was never started. */
    static SupervisionState empty(long nowNanos) {
        LinkPhase link = new LinkPhase(LinkPhase.Stage.NEVER, nowNanos, false, nowNanos, nowNanos, null, null, null);
        return new SupervisionState(Map.of(), link, new TreeMap<>(), 1, LeftOut.NONE);
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

    LeftOut leftOut() {
        return leftOut;
    }

    /** How many gateways are supervised. */
    public int gateways() {
        return watches.size();
    }

    /** How many gateways were heard that are not supervised, because there are too many; 10,000 at most are told apart. */
    public int unsupervised() {
        return leftOut.ids().size();
    }

    /** The alarms that the broker has not acknowledged, the oldest first. */
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

    /** True while the connection to the broker stands. */
    public boolean isConnected() {
        return link.isUp();
    }

    /** True while the connection stands, but the broker sends no echo of the monitor's probe. */
    public boolean isUnproved() {
        return link.stage() == LinkPhase.Stage.UNPROVED;
    }

    /** True while the connection to the broker stands and everything that it had kept has arrived. */
    public boolean isLive() {
        return link.isLive();
    }
}
