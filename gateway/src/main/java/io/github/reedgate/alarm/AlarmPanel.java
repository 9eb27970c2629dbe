package io.github.reedgate.alarm;

import io.github.reedgate.contact.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The alarm panel as a function: {@code step(state, input, now) -> (state, effects)}. What it does is in one table of
 * transitions. Immutable, safe for use by any thread.
 */
public final class AlarmPanel {

    private final PanelSettings settings;

    /** A panel with these settings. */
    public AlarmPanel(PanelSettings settings) {
        this.settings = settings;
    }

    /**
     * The result of one step.
     *
     * @param state the state from now on
     * @param effects what is to be told, in this order; mostly empty
     */
    public record Step(PanelState state, List<PanelEffect> effects) {}

    /** Takes one input in; a sensor that the settings don't know is ignored. */
    public Step step(PanelState state, PanelInput input, Moment now) {
        if (input instanceof PanelInput.Commanded given) {
            return take(state, Trigger.of(given.command()), now);
        } else if (input instanceof PanelInput.Moved moved) {
            return moved(state, moved.sensor(), moved.position(), Cause.OPENED, now);
        } else if (input instanceof PanelInput.Found found) {
            boolean alarms = settings.restart().atBoot() == PanelSettings.AtBoot.ALARM;
            return moved(state, found.sensor(), found.position(), alarms ? Cause.OPENED : Cause.FOUND_OPEN, now);
        } else if (input instanceof PanelInput.Troubled troubled) {
            return settings.sensor(troubled.sensor())
                    .map(sensor -> take(state, Trigger.of(Cause.TROUBLED, sensor), now))
                    .orElse(new Step(state, List.of()));
        } else if (input instanceof PanelInput.Lost lost
                && settings.sensor(lost.sensor()).isPresent()) {
            return new Step(state.withLost(lost.sensor()), List.of());
        } else if (input instanceof PanelInput.Tested tested
                && settings.sensor(tested.sensor()).isPresent()) {
            return new Step(state.withPosition(tested.sensor(), tested.position() == Position.OPEN), List.of());
        } else if (input instanceof PanelInput.TimePassed) {
            return timePassed(state, now);
        } else if (input instanceof PanelInput.WasDown down
                && settings.restart().downtime() == PanelSettings.Downtime.COUNTS) {
            return timePassed(state.earlierBy(down.length().toNanos()), now);
        }
        return new Step(state, List.of());
    }

    private Step moved(PanelState state, String id, Position position, Cause opening, Moment now) {
        Optional<PanelSensor> sensor = settings.sensor(id);
        if (sensor.isEmpty()) {
            return new Step(state, List.of());
        }
        boolean isOpen = position == Position.OPEN;
        PanelState next = state.withPosition(id, isOpen);
        if (state.open().contains(id) == isOpen) {
            return new Step(next, List.of());
        }
        return take(next, Trigger.of(isOpen ? opening : Cause.CLOSED, sensor.get()), now);
    }

    private Step timePassed(PanelState state, Moment now) {
        Step step = new Step(state, List.of());
        if (isDue(state.deadlineNanos(), now)) {
            step = take(state, Trigger.of(Cause.DELAY_OVER), now);
        }
        Incident incident = step.state().incident();
        if (incident == null || !isDue(incident.repeatNanos(), now)) {
            return step;
        }
        Step repeat = take(step.state(), Trigger.of(Cause.REPEAT_DUE), now);
        List<PanelEffect> effects = new ArrayList<>(step.effects());
        effects.addAll(repeat.effects());
        return new Step(repeat.state(), effects);
    }

    private static boolean isDue(@Nullable Long nanos, Moment now) {
        return nanos != null && now.nanos() - nanos >= 0;
    }

    private Step take(PanelState state, Trigger trigger, Moment now) {
        PanelLook look = new PanelLook(settings, state, trigger);
        PanelWork work = new PanelWork(look, now);
        row(look).ifPresent(row -> work.act(row.deed()));
        return new Step(work.state(), List.copyOf(work.effects()));
    }

    /** The row of the table that fits; empty if none does. */
    static Optional<Transition> row(PanelLook look) {
        return Transition.TABLE.stream().filter(row -> row.fits(look)).findFirst();
    }

    /**
     * Whether the panel could be armed now, for each mode that can be.
     *
     * @param state the present state
     */
    public Map<AlarmMode, Boolean> ready(PanelState state) {
        Map<AlarmMode, Boolean> ready = new LinkedHashMap<>();
        for (AlarmMode mode : settings.modes()) {
            boolean leaves = !settings.of(mode).exit().isZero();
            ready.put(mode, Readiness.of(settings, state, mode, Set.of()).isReady(leaves));
        }
        return ready;
    }
}
