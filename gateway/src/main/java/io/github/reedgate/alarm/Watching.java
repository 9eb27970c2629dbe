package io.github.reedgate.alarm;

import java.util.List;

/**
 * A mode whose sensors are watched. Immutable.
 *
 * @param mode the mode
 * @param bypassed ids of sensors that are left out, in the order they were
 */
public record Watching(AlarmMode mode, List<String> bypassed) {

    /** Copies the list. */
    public Watching {
        bypassed = List.copyOf(bypassed);
    }

    /** True if the opening of this sensor is an incident. */
    boolean watches(PanelSensor sensor) {
        return sensor.countsIn(mode) && !bypassed.contains(sensor.id());
    }
}
