package io.github.reedgate.alarm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one or more sensors set off. Immutable.
 *
 * @param id its id, the same for all that is told of it
 * @param sensors ids of the sensors, in the order they opened; each once
 * @param raised whether the alarm was raised, not only the entry delay begun
 * @param acknowledged whether somebody said that they know of it
 * @param repeatNanos when it is told again, or null if it is not
 */
public record Incident(
        String id,
        List<String> sensors,
        boolean raised,
        boolean acknowledged,
        @Nullable Long repeatNanos) {

    /** Copies the list. */
    public Incident {
        sensors = List.copyOf(sensors);
    }

    /** True if it has to be acknowledged still. */
    boolean isOpen() {
        return raised && !acknowledged;
    }

    Incident with(String sensor) {
        if (sensors.contains(sensor)) {
            return this;
        }
        List<String> more = new ArrayList<>(sensors);
        more.add(sensor);
        return new Incident(id, more, raised, acknowledged, repeatNanos);
    }

    Incident raisedNow(@Nullable Long nextNanos) {
        return new Incident(id, sensors, true, acknowledged, nextNanos);
    }

    Incident acknowledgedNow() {
        return new Incident(id, sensors, raised, true, null);
    }

    Incident repeatingAt(@Nullable Long nanos) {
        return new Incident(id, sensors, raised, acknowledged, nanos);
    }
}
