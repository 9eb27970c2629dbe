package io.github.reedgate.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of the core. Immutable.
 *
 * @param sensors one state for each sensor, in the order of the settings
 * @param nextSeq number of the next event
 * @param startNanos when the gateway started
 * @param startTold true once the {@code started} event was told
 * @param clockSynced whether the wall clock can be trusted
 * @param linkLostNanos when the connection to the broker was lost, or null while there is one or was none yet
 * @param lostEdges edges dropped in front of the core
 */
public record GatewayState(
        List<SensorState> sensors,
        long nextSeq,
        long startNanos,
        boolean startTold,
        boolean clockSynced,
        @Nullable Long linkLostNanos,
        LostEdges lostEdges) {

    /** Copies the list. */
    public GatewayState {
        sensors = List.copyOf(sensors);
    }

    /**
     * Edges dropped in front of the core.
     *
     * @param untold how many no event has told yet
     * @param toldNanos when an event told of some last, or null
     */
    public record LostEdges(long untold, @Nullable Long toldNanos) {

        static final LostEdges NONE = new LostEdges(0, null);
    }

    GatewayState withSensor(int index, SensorState sensor) {
        List<SensorState> changed = new ArrayList<>(sensors);
        changed.set(index, sensor);
        return withSensors(changed);
    }

    GatewayState withSensors(List<SensorState> changed) {
        return new GatewayState(changed, nextSeq, startNanos, startTold, clockSynced, linkLostNanos, lostEdges);
    }

    GatewayState withNextSeq(long seq) {
        if (seq == nextSeq) {
            return this;
        }
        return new GatewayState(sensors, seq, startNanos, startTold, clockSynced, linkLostNanos, lostEdges);
    }

    GatewayState withStartTold() {
        return new GatewayState(sensors, nextSeq, startNanos, true, clockSynced, linkLostNanos, lostEdges);
    }

    GatewayState withClockSynced(boolean synced) {
        return new GatewayState(sensors, nextSeq, startNanos, startTold, synced, linkLostNanos, lostEdges);
    }

    GatewayState withLinkLost(@Nullable Long lostNanos) {
        return new GatewayState(sensors, nextSeq, startNanos, startTold, clockSynced, lostNanos, lostEdges);
    }

    GatewayState withLostEdges(LostEdges lost) {
        return new GatewayState(sensors, nextSeq, startNanos, startTold, clockSynced, linkLostNanos, lost);
    }
}
