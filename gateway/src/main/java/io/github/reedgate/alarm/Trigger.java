package io.github.reedgate.alarm;

import org.jspecify.annotations.Nullable;

/**
 * What happened.
 *
 * @param cause what
 * @param sensor the sensor it is about, or null
 * @param command the command, or null
 */
record Trigger(
        Cause cause, @Nullable PanelSensor sensor, @Nullable PanelCommand command) {

    static Trigger of(PanelCommand command) {
        Cause cause = Cause.ACKNOWLEDGE;
        if (command instanceof PanelCommand.Arm) {
            cause = Cause.ARM;
        } else if (command instanceof PanelCommand.Disarm) {
            cause = Cause.DISARM;
        }
        return new Trigger(cause, null, command);
    }

    static Trigger of(Cause cause, PanelSensor sensor) {
        return new Trigger(cause, sensor, null);
    }

    static Trigger of(Cause cause) {
        return new Trigger(cause, null, null);
    }
}
