package io.github.reedgate.core;

import io.github.reedgate.command.GateState;
import java.time.Instant;
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
 * @param walk the walk test that runs, or the last that did; null if there was none since the start
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
        Notices notices,
        @Nullable WalkTest walk) {

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
}
