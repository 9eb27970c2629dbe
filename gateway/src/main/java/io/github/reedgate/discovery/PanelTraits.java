package io.github.reedgate.discovery;

import io.github.reedgate.alarm.AlarmMode;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the alarm panel can do, as far as whoever operates it has to know. Immutable.
 *
 * @param modes what it can be armed for
 * @param codeToArm whether it wants a code to arm
 * @param codeToDisarm whether it wants a code to disarm
 * @param digitsOnly whether all codes are made of digits, so that a numeric pad will do
 */
public record PanelTraits(Set<AlarmMode> modes, boolean codeToArm, boolean codeToDisarm, boolean digitsOnly) {

    /** Copies the modes. */
    public PanelTraits {
        modes = Set.copyOf(modes);
    }

    /** The modes in their usual order. */
    Collection<AlarmMode> inOrder() {
        EnumSet<AlarmMode> sorted = EnumSet.noneOf(AlarmMode.class);
        sorted.addAll(modes);
        return sorted;
    }
}
