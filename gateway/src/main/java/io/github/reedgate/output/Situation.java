package io.github.reedgate.output;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.AlarmState;
import org.jspecify.annotations.Nullable;

/**
 * What there is to show. Immutable.
 *
 * @param state the alarm panel's state, or null if there is no panel
 * @param mode what it is armed for, or on the way to; null if it is not
 * @param unacknowledged whether an alarm was raised that nobody has acknowledged or disarmed
 * @param ready whether every mode could be armed now; of no meaning unless the panel is disarmed
 * @param faulty whether a sensor or an output can't be trusted
 * @param connected whether there is a connection to the broker
 */
public record Situation(
        @Nullable AlarmState state,
        @Nullable AlarmMode mode,
        boolean unacknowledged,
        boolean ready,
        boolean faulty,
        boolean connected) {

    /** True while the panel's siren time runs. */
    boolean lasts() {
        return state == AlarmState.TRIGGERED;
    }

    boolean isArmed() {
        return state != null && state.isArmed();
    }
}
