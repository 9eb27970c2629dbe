package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelInput;
import io.github.reedgate.contact.Debouncer;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.event.Event;
import java.util.List;
import java.util.Map;

/**
 * What all parts of a step share; lives as long as that step.
 *
 * @param reporter collects what the step wants done
 * @param nowNanos the step's time
 * @param startTold whether the {@code started} event was told before
 * @param seen what the alarm panel is to know of the sensors, in order
 * @param troubles the events of the troubles in it, by the sensor's id
 */
record Turn(Reporter reporter, long nowNanos, boolean startTold, List<PanelInput> seen, Map<String, Event> troubles) {

    /** The later of two times of the monotonic clock. */
    static long later(long a, long b) {
        return a - b >= 0 ? a : b;
    }

    /**
     * A contact came to rest.
     *
     * @param isFirst whether nothing was known of it since the start
     */
    void saw(Sensor sensor, Debouncer.Finding finding, boolean isFirst) {
        if (finding.kind() != Debouncer.Kind.GLITCH) {
            seen.add(
                    isFirst
                            ? new PanelInput.Found(sensor.id(), finding.position())
                            : new PanelInput.Moved(sensor.id(), finding.position()));
        }
    }

    /** A sensor can't be read. */
    void lost(Sensor sensor) {
        seen.add(new PanelInput.Lost(sensor.id()));
    }
}
