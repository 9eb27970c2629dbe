package io.github.reedgate.alarm;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All that the panel remembers. Immutable.
 *
 * @param state the state published
 * @param mode what it is armed, or being armed, for; null if it is not. Stays while an alarm lasts.
 * @param since when the state began
 * @param deadlineNanos when the delay that runs ends, on the monotonic clock; null if none does
 * @param bypassed ids of sensors that are left out until the panel is disarmed, in the order they were
 * @param incident what was set off, or null. Stays after the alarm's end until it is acknowledged or disarmed.
 * @param open ids of sensors that are open, or were when they could be read last
 * @param unknown ids of sensors of which it is not known whether they are open
 */
public record PanelState(
        AlarmState state,
        @Nullable AlarmMode mode,
        Instant since,
        @Nullable Long deadlineNanos,
        List<String> bypassed,
        @Nullable Incident incident,
        Set<String> open,
        Set<String> unknown) {

    /** Copies the collections. */
    public PanelState {
        bypassed = List.copyOf(bypassed);
        open = Set.copyOf(open);
        unknown = Set.copyOf(unknown);
    }

    /** A panel that was never armed, and knows of no sensor where it is. */
    public static PanelState disarmed(PanelSettings settings, Instant since) {
        Set<String> all = settings.sensors().stream().map(PanelSensor::id).collect(Collectors.toSet());
        return new PanelState(AlarmState.DISARMED, null, since, null, List.of(), null, Set.of(), all);
    }

    /** When {@link PanelInput.TimePassed} is due next, on the monotonic clock; null if nothing is due by itself. */
    public @Nullable Long nextNanos() {
        Long repeat = incident == null ? null : incident.repeatNanos();
        if (deadlineNanos == null || repeat == null) {
            return deadlineNanos == null ? repeat : deadlineNanos;
        }
        return deadlineNanos - repeat < 0 ? deadlineNanos : repeat;
    }

    /** The same with all that is due by itself due earlier. */
    PanelState earlierBy(long nanos) {
        Incident told = incident;
        Long repeat = told == null ? null : told.repeatNanos();
        return new PanelState(
                state,
                mode,
                since,
                deadlineNanos == null ? null : Long.valueOf(deadlineNanos - nanos),
                bypassed,
                told == null || repeat == null ? told : told.repeatingAt(repeat - nanos),
                open,
                unknown);
    }

    /** The same with another beginning of the present state, as a corrected wall clock tells it. */
    public PanelState withSince(Instant corrected) {
        return new PanelState(state, mode, corrected, deadlineNanos, bypassed, incident, open, unknown);
    }

    /** The same with a sensor's position. */
    PanelState withPosition(String sensor, boolean isOpen) {
        return new PanelState(
                state,
                mode,
                since,
                deadlineNanos,
                bypassed,
                incident,
                with(open, sensor, isOpen),
                with(unknown, sensor, false));
    }

    /** The same with a sensor of which nothing is known but where it was last. */
    PanelState withLost(String sensor) {
        return new PanelState(state, mode, since, deadlineNanos, bypassed, incident, open, with(unknown, sensor, true));
    }

    private static Set<String> with(Set<String> all, String one, boolean isIn) {
        if (all.contains(one) == isIn) {
            return all;
        }
        Set<String> changed = new LinkedHashSet<>(all);
        if (isIn) {
            changed.add(one);
        } else {
            changed.remove(one);
        }
        return changed;
    }
}
