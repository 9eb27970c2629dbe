package io.github.reedgate.core;

import io.github.reedgate.command.GateState;
import io.github.reedgate.time.Timestamp;
import java.time.Instant;
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
 * @param clock what is known of the wall clock
 * @param link what is known of the connection to the broker
 * @param lostEdges edges dropped in front of the core
 * @param nextBeatNanos when the next heartbeat is due
 * @param gate what is remembered of commands
 * @param panel the alarm panel, or null if there is none
 * @param outputs what is known of the outputs
 * @param notices who is told next beside the broker
 */
public record GatewayState(
        List<SensorState> sensors,
        long nextSeq,
        long startNanos,
        boolean startTold,
        Clock clock,
        Link link,
        LostEdges lostEdges,
        long nextBeatNanos,
        GateState gate,
        @Nullable Panel panel,
        Outputs outputs,
        Notices notices) {

    /** Copies the list. */
    public GatewayState {
        sensors = List.copyOf(sensors);
    }

    /**
     * What is known of the wall clock.
     *
     * @param synced whether it can be trusted
     * @param everSynced whether it could be since the start
     * @param startWall its time at the gateway's start, as it was last corrected
     */
    public record Clock(boolean synced, boolean everSynced, Instant startWall) {

        static Clock starting(Instant wall) {
            return new Clock(false, false, wall);
        }
    }

    /**
     * What is known of the connection to the broker.
     *
     * @param lostNanos when it was lost, or null while there is one or was none yet
     * @param reconnects how often it came back
     * @param server what a home server sent over it
     */
    public record Link(@Nullable Long lostNanos, long reconnects, HomeServer server) {

        static final Link NONE_YET = new Link(null, 0, HomeServer.NONE_YET);

        /** It is lost; whoever comes back to the broker with the gateway gets everything anyway. */
        Link lostAt(long atNanos) {
            return new Link(atNanos, reconnects, server.refreshingAt(null));
        }

        Link back() {
            return new Link(null, reconnects + 1, server);
        }

        Link withServer(HomeServer changed) {
            return new Link(lostNanos, reconnects, changed);
        }
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

    static GatewayState starting(GatewaySettings settings, List<SensorState> sensors, Timestamp now) {
        return new GatewayState(
                sensors,
                settings.start().firstSeq(),
                now.monotonicNanos(),
                false,
                Clock.starting(now.wall()),
                Link.NONE_YET,
                LostEdges.NONE,
                now.monotonicNanos() + settings.heartbeat().toNanos(),
                CommandTurn.starting(settings, now),
                PanelTurn.starting(settings, now),
                Outputs.starting(settings.outputs().size(), now.monotonicNanos()),
                NoticeTurn.starting(settings, now));
    }

    GatewayState withSensor(int index, SensorState sensor) {
        List<SensorState> changed = new ArrayList<>(sensors);
        changed.set(index, sensor);
        return withSensors(changed);
    }

    GatewayState withSensors(List<SensorState> changed) {
        return new GatewayState(
                changed,
                nextSeq,
                startNanos,
                startTold,
                clock,
                link,
                lostEdges,
                nextBeatNanos,
                gate,
                panel,
                outputs,
                notices);
    }

    GatewayState withNextSeq(long seq) {
        if (seq == nextSeq) {
            return this;
        }
        return new GatewayState(
                sensors,
                seq,
                startNanos,
                startTold,
                clock,
                link,
                lostEdges,
                nextBeatNanos,
                gate,
                panel,
                outputs,
                notices);
    }

    GatewayState withStartTold() {
        return new GatewayState(
                sensors,
                nextSeq,
                startNanos,
                true,
                clock,
                link,
                lostEdges,
                nextBeatNanos,
                gate,
                panel,
                outputs,
                notices);
    }

    GatewayState withClock(Clock looked) {
        if (looked.equals(clock)) {
            return this;
        }
        return new GatewayState(
                sensors,
                nextSeq,
                startNanos,
                startTold,
                looked,
                link,
                lostEdges,
                nextBeatNanos,
                gate,
                panel,
                outputs,
                notices);
    }

    GatewayState withLink(Link changed) {
        return new GatewayState(
                sensors,
                nextSeq,
                startNanos,
                startTold,
                clock,
                changed,
                lostEdges,
                nextBeatNanos,
                gate,
                panel,
                outputs,
                notices);
    }

    GatewayState withLostEdges(LostEdges lost) {
        return new GatewayState(
                sensors,
                nextSeq,
                startNanos,
                startTold,
                clock,
                link,
                lost,
                nextBeatNanos,
                gate,
                panel,
                outputs,
                notices);
    }

    GatewayState withNextBeat(long atNanos) {
        return new GatewayState(
                sensors,
                nextSeq,
                startNanos,
                startTold,
                clock,
                link,
                lostEdges,
                atNanos,
                gate,
                panel,
                outputs,
                notices);
    }

    GatewayState withGate(GateState changed) {
        return new GatewayState(
                sensors,
                nextSeq,
                startNanos,
                startTold,
                clock,
                link,
                lostEdges,
                nextBeatNanos,
                changed,
                panel,
                outputs,
                notices);
    }

    GatewayState withPanel(Panel changed) {
        return new GatewayState(
                sensors,
                nextSeq,
                startNanos,
                startTold,
                clock,
                link,
                lostEdges,
                nextBeatNanos,
                gate,
                changed,
                outputs,
                notices);
    }

    GatewayState withOutputs(Outputs changed) {
        return new GatewayState(
                sensors,
                nextSeq,
                startNanos,
                startTold,
                clock,
                link,
                lostEdges,
                nextBeatNanos,
                gate,
                panel,
                changed,
                notices);
    }

    GatewayState withNotices(Notices changed) {
        return new GatewayState(
                sensors,
                nextSeq,
                startNanos,
                startTold,
                clock,
                link,
                lostEdges,
                nextBeatNanos,
                gate,
                panel,
                outputs,
                changed);
    }
}
