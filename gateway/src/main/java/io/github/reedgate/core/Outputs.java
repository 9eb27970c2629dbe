package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelState;
import io.github.reedgate.output.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the outputs. Immutable.
 *
 * @param states one for each output, in the order of the settings
 * @param connected whether there is a connection to the broker
 * @param stopping true once the gateway was told to stop: then all are off
 * @param judged the panel's state for which {@code ready} holds, or null if it was never looked at
 * @param ready whether every mode could be armed in that state
 */
public record Outputs(
        List<OutputState> states,
        boolean connected,
        boolean stopping,
        @Nullable PanelState judged,
        boolean ready) {

    /** Copies the list. */
    public Outputs {
        states = List.copyOf(states);
    }

    static Outputs starting(int count, long nowNanos) {
        List<OutputState> states = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            states.add(new OutputState(Pattern.OFF, nowNanos, null, null, null));
        }
        return new Outputs(states, false, false, null, false);
    }

    /** When one of them is due by itself, but not later than this. */
    long deadlineNanos(long latestNanos) {
        long deadline = latestNanos;
        for (OutputState state : states) {
            Long next = state.nextNanos();
            deadline = next != null && next - deadline < 0 ? next : deadline;
        }
        return deadline;
    }

    /** True if one of them can't be switched. */
    boolean isAnyFailing() {
        return states.stream()
                .anyMatch(state -> state.fault() != null && state.fault().healedNanos() == null);
    }

    /**
     * What is known of one output.
     *
     * @param pattern what it does
     * @param sinceNanos when that began
     * @param on what its line was told last, or null if nothing, or it is not known whether that was done
     * @param nextNanos when it is due by itself, or null if it is not
     * @param fault what is wrong with it, or null
     */
    public record OutputState(
            Pattern pattern,
            long sinceNanos,
            @Nullable Boolean on,
            @Nullable Long nextNanos,
            @Nullable Fault fault) {}

    /**
     * What is wrong with an output, told already.
     *
     * @param retryNanos when it is tried again
     * @param healedNanos when it could be switched again, or null if it can't; it counts as well once that has lasted
     */
    public record Fault(long retryNanos, @Nullable Long healedNanos) {}
}
