package io.github.reedgate.contact;

import io.github.reedgate.line.LineSettings;
import java.util.List;
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
 * @param loop the second line that guards its cable; null if there is none
 * @param troubles what follows when it can't be trusted
 */
public record Sensor(
        String id,
        String name,
        SensorType type,
        LineSettings line,
        Wiring wiring,
        Debounce debounce,
        AlarmPolicy alarm,
        @Nullable LeftOpen leftOpen,
        @Nullable TamperLoop loop,
        TroublePolicy troubles) {

    /** What follows a sensor's id in the id by which the alarm panel knows its second line; no sensor's id contains it. */
    public static final String TAMPER = ".tamper";

    /**
     * It, and its second line as if a contact of its own were wired to that, closed while nothing is wrong and the sensor's
     * own contact is closed: for whoever looks at lines one by one.
     */
    public List<Sensor> lines() {
        if (loop == null) {
            return List.of(this);
        }
        boolean opposite = loop.kind() == TamperLoop.Kind.CHANGEOVER && wiring.normallyOpen();
        Wiring second = new Wiring(!opposite, loop.openCircuitLevel());
        return List.of(
                this,
                new Sensor(
                        id + TAMPER,
                        name + " tamper",
                        type,
                        loop.line(),
                        second,
                        debounce,
                        alarm,
                        null,
                        null,
                        troubles));
    }

    /** The id under which the configuration has it: for the second line of {@link #lines} that of the sensor it belongs to. */
    public String configuredId() {
        return id.endsWith(TAMPER) ? id.substring(0, id.length() - TAMPER.length()) : id;
    }

    /** When an opening raises an alarm. */
    public enum AlarmPolicy {
        /** Each opening does. */
        ALWAYS,
        /** None does. */
        NEVER
    }
}
