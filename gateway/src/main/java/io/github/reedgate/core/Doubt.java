package io.github.reedgate.core;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.AlarmState;
import org.jspecify.annotations.Nullable;

/**
 * What is not known of the panel since a start, because what it had to remember is lost, or may have been. Over when somebody
 * arms or disarms. Immutable.
 *
 * @param why what is lost; empty if no panel was ever stored here, as far as can be seen
 * @param asks true until the broker has been asked what it has of the panel
 * @param untilNanos when its answer is waited for no longer; null without a connection
 * @param heard the panel's state as the broker has it; null if it has none
 * @param mode the mode as the broker has it; null if it has none
 */
record Doubt(
        String why,
        boolean asks,
        @Nullable Long untilNanos,
        @Nullable AlarmState heard,
        @Nullable AlarmMode mode) {

    Doubt until(@Nullable Long nanos) {
        return new Doubt(why, asks, nanos, heard, mode);
    }

    Doubt because(String reason) {
        return new Doubt(why.isEmpty() ? reason : why, asks, untilNanos, heard, mode);
    }

    Doubt hearing(AlarmState state) {
        return new Doubt(why, asks, untilNanos, state, mode);
    }

    Doubt hearing(AlarmMode told) {
        return new Doubt(why, asks, untilNanos, heard, told);
    }

    Doubt asked() {
        return new Doubt(why, false, null, heard, mode);
    }

    /** True if it must be reported: not that no panel was ever stored. */
    boolean isLoud() {
        return !why.isEmpty();
    }

    /** True if not even the broker knows how the panel was. */
    boolean isUnknown() {
        return isLoud() && (heard == null || (heard != AlarmState.DISARMED && armedMode() == null));
    }

    /** The mode in which it was armed, as the broker has it; null if it was not, or that is not known. */
    @Nullable
    AlarmMode armedMode() {
        AlarmState state = heard;
        if (state == null || state == AlarmState.DISARMED) {
            return null;
        }
        return switch (state) {
            case ARMED_HOME -> AlarmMode.HOME;
            case ARMED_AWAY -> AlarmMode.AWAY;
            case ARMED_NIGHT -> AlarmMode.NIGHT;
            default -> mode;
        };
    }
}
