package io.github.reedgate.core;

import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.message.EventType;
import org.jspecify.annotations.Nullable;

/** The words of a sensor's type: a tamper contact has its own. */
final class Words {

    private Words() {}

    /** The state word of a position; {@code unknown} for null. */
    static String state(Sensor sensor, @Nullable Position position) {
        if (position == null) {
            return "unknown";
        }
        if (sensor.type() == SensorType.TAMPER) {
            return position == Position.OPEN ? "tampered" : "ok";
        }
        return position == Position.OPEN ? "open" : "closed";
    }

    /** The type of the event that tells a change to a position. */
    static EventType event(Sensor sensor, Position position) {
        if (sensor.type() == SensorType.TAMPER) {
            return position == Position.OPEN ? EventType.TAMPERED : EventType.TAMPER_CLEARED;
        }
        return position == Position.OPEN ? EventType.OPENED : EventType.CLOSED;
    }

    /** A change in words for people. */
    static String change(Sensor sensor, Position position) {
        String verb = switch (event(sensor, position)) {
            case TAMPERED -> "tampered with";
            case TAMPER_CLEARED -> "no longer tampered with";
            case OPENED -> "opened";
            default -> "closed";
        };
        return sensor.name() + " " + verb;
    }
}
