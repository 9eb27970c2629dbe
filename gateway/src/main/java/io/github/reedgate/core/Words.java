package io.github.reedgate.core;

import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.event.EventType;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The words of a sensor's type: a tamper contact has its own. */
final class Words {

    private Words() {}

    /** The state word of a position; {@code unknown} for null. */
    static String state(Sensor sensor, @Nullable Position position) {
        return position == null ? "unknown" : sensor.type().word(position);
    }

    /** The position that a state word of any type of sensor means; null for {@code unknown} and what is no such word. */
    static @Nullable Position position(String word) {
        for (SensorType type : SensorType.values()) {
            for (Position position : Position.values()) {
                if (type.word(position).equals(word)) {
                    return position;
                }
            }
        }
        return null;
    }

    /** A length of time for people, in its two largest units: {@code 3 h 12 min}, {@code 12 min 5 s}, {@code 5.3 s}. */
    static String length(Duration length) {
        long seconds = length.toSeconds();
        if (seconds >= 86_400) {
            return seconds / 86_400 + " d " + seconds / 3600 % 24 + " h";
        }
        if (seconds >= 3600) {
            return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
        }
        return seconds >= 60
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds + "." + length.toMillisPart() / 100 + " s";
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
