package io.github.reedgate.alarm;

import java.util.Set;

/**
 * What the panel knows of a sensor. Immutable.
 *
 * @param id its id
 * @param modes in which modes it counts; those with {@link Reaction#ALWAYS} count in all
 * @param reaction what its opening does
 * @param bypass whether it may be left out
 * @param armOnClose whether its closing ends the exit delay
 */
public record PanelSensor(String id, Set<AlarmMode> modes, Reaction reaction, Bypass bypass, boolean armOnClose) {

    /** What an id is made of, as a regular expression: that of a sensor, or of the tamper loop that guards its cable. */
    public static final String ID = "[a-z0-9_-]{1,32}(?:\\.tamper)?";

    /** Copies the set. */
    public PanelSensor {
        modes = Set.copyOf(modes);
    }

    /** Whether a sensor may be left out when the panel is armed. */
    public enum Bypass {
        /** Never. */
        NEVER,
        /** If whoever arms asks for it. */
        ASKED,
        /** By itself, too, if it stands in the way. */
        AUTOMATIC
    }

    boolean countsIn(AlarmMode mode) {
        return reaction == Reaction.ALWAYS || modes.contains(mode);
    }
}
