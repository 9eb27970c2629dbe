package io.github.reedgate.contact;

import io.github.reedgate.line.LineSettings;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one sensor. Immutable.
 *
 * @param id its id, as in topics: {@code [a-z0-9_-]{1,32}}
 * @param name its name for people; 1 to 64 characters
 * @param type what it watches over
 * @param line the GPIO line it is wired to
 * @param wiring what a level on that line means
 * @param debounce its debounce times
 * @param alarm when an opening raises an alarm
 * @param leftOpen when it is told that the contact stays open; null if never
 */
public record Sensor(
        String id,
        String name,
        SensorType type,
        LineSettings line,
        Wiring wiring,
        Debounce debounce,
        AlarmPolicy alarm,
        @Nullable LeftOpen leftOpen) {

    /** When an opening raises an alarm. */
    public enum AlarmPolicy {
        /** Each opening does. */
        ALWAYS,
        /** None does. */
        NEVER
    }
}
