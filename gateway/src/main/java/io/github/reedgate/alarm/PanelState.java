package io.github.reedgate.alarm;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the panel remembers. Immutable.
 *
 * @param state the state published
 * @param mode what it is armed, or being armed, for; null if it is not. Stays while an alarm lasts.
 * @param since when the state began
 * @param deadlineNanos when the delay that runs ends, on the monotonic clock; null if none does
 * @param bypassed ids of sensors that are left out until the panel is disarmed, in the order they were
 * @param former what is watched while the exit delay runs, because the panel was armed when it began; else null
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
        @Nullable Watching former,
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
        return new PanelState(AlarmState.DISARMED, null, since, null, List.of(), null, null, Set.of(), all);
    }

    /**
     * The mode whose sensors are watched now; null if only those are that always are. While the exit delay runs that is the mode before
     * it, if there was one.
     */
    public @Nullable Watching watching() {
        if (state == AlarmState.ARMING) {
            return former;
        }
        return mode == null ? null : new Watching(mode, bypassed);
    }

    /** Armed in a mode as somebody else remembers it; of the sensors is known what is known now. */
    public PanelState armedAgain(AlarmMode remembered, Instant now) {
        return new PanelState(remembered.armed(), remembered, now, null, List.of(), null, incident, open, unknown);
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
                former,
                told == null || repeat == null ? told : told.repeatingAt(repeat - nanos),
                open,
                unknown);
    }

    /** The same with another beginning of the present state, as a corrected wall clock tells it. */
    public PanelState withSince(Instant corrected) {
        return new PanelState(state, mode, corrected, deadlineNanos, bypassed, former, incident, open, unknown);
    }

    /** The same with a sensor's position. */
    PanelState withPosition(String sensor, boolean isOpen) {
        return new PanelState(
                state,
                mode,
                since,
                deadlineNanos,
                bypassed,
                former,
                incident,
                with(open, sensor, isOpen),
                with(unknown, sensor, false));
    }

    /** The same with a sensor of which nothing is known but where it was last. */
    PanelState withLost(String sensor) {
        return new PanelState(
                state, mode, since, deadlineNanos, bypassed, former, incident, open, with(unknown, sensor, true));
    }

    /** The same with what is watched while the exit delay runs. */
    PanelState withFormer(@Nullable Watching watched) {
        return new PanelState(state, mode, since, deadlineNanos, bypassed, watched, incident, open, unknown);
    }

    /** The same with another incident, or none. */
    PanelState withIncident(@Nullable Incident next) {
        return new PanelState(state, mode, since, deadlineNanos, bypassed, former, next, open, unknown);
    }

    /** The same with one more sensor left out, of what is watched now as well. */
    PanelState withBypassed(String sensor) {
        return new PanelState(
                state,
                mode,
                since,
                deadlineNanos,
                and(bypassed, sensor),
                former == null ? null : new Watching(former.mode(), and(former.bypassed(), sensor)),
                incident,
                open,
                unknown);
    }

    private static List<String> and(List<String> all, String one) {
        return Stream.concat(all.stream(), Stream.of(one)).distinct().toList();
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
