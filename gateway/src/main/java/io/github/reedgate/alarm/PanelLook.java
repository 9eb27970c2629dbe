package io.github.reedgate.alarm;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the panel sees when something happens: the questions of the guards. Immutable.
 *
 * @param settings the settings
 * @param state the state it is in
 * @param trigger what happened
 */
record PanelLook(PanelSettings settings, PanelState state, Trigger trigger) {

    /** Whether a guard holds. */
    boolean holds(Guard guard) {
        return switch (guard) {
            case ANY -> true;
            case SAME_MODE -> mode() == asked().mode();
            case IN_THE_WAY -> refusal().isPresent();
            case EXIT_DELAY -> !delays(asked().mode()).exit().isZero();
            case READY -> isReady();
            case INCIDENT -> incident().isPresent();
            case UNACKNOWLEDGED -> incident().filter(Incident::isOpen).isPresent();
            case ALWAYS -> isAlways();
            case INSTANT -> counts() && !isExitRoute();
            case INTERRUPTS -> interrupts();
            case ENTRY_DELAY -> startsEntry();
            case WATCHED -> isWatched();
            case NEW -> isWatched() && isNew();
            case LAST_DOOR -> endsExit() && isReady();
            case FOUND_BYPASS -> isWatched() && bypassesFound();
            case REARMS -> rearms();
        };
    }

    Phase phase() {
        return Phase.of(state.state());
    }

    @Nullable
    AlarmMode mode() {
        return state.mode();
    }

    PanelCommand.Arm asked() {
        return (PanelCommand.Arm) command();
    }

    PanelSettings.Delays delays(AlarmMode mode) {
        return settings.of(mode);
    }

    Optional<Incident> incident() {
        return Optional.ofNullable(state.incident());
    }

    boolean isAlways() {
        return sensor().reaction() == Reaction.ALWAYS && !isBypassed();
    }

    boolean counts() {
        AlarmMode mode = state.mode();
        return mode != null
                && sensor().reaction() != Reaction.ALWAYS
                && sensor().modes().contains(mode)
                && !isBypassed();
    }

    boolean isWatched() {
        boolean isOn = phase() != Phase.DISARMED && phase() != Phase.ARMING;
        return isAlways() || (isOn && counts());
    }

    boolean isExitRoute() {
        return sensor().reaction().isExitRoute();
    }

    boolean startsEntry() {
        return counts()
                && sensor().reaction() == Reaction.DELAYED
                && !delays(armedMode()).entry().isZero();
    }

    boolean isNew() {
        return incident()
                .filter(incident -> incident.sensors().contains(sensor().id()))
                .isEmpty();
    }

    /** True if its opening must not happen while people leave. */
    boolean interrupts() {
        return counts() && !isExitRoute() && sensor().bypass() != PanelSensor.Bypass.AUTOMATIC;
    }

    boolean endsExit() {
        return counts() && sensor().armOnClose();
    }

    boolean bypassesFound() {
        return settings.restart().atBoot() == PanelSettings.AtBoot.BYPASS;
    }

    boolean rearms() {
        return state.mode() != null && settings.after() == PanelSettings.After.REARM;
    }

    /** True if all that counts in the mode is closed, left out, or may be left out by itself. */
    boolean isReady() {
        return Readiness.of(settings, state, armedMode(), bypassed()).isReady(false);
    }

    /** Why it can't be armed as asked; empty if it can. */
    Optional<PanelAnswer.Refused> refusal() {
        if (phase() == Phase.PENDING || phase() == Phase.TRIGGERED) {
            return refused(PanelAnswer.Reason.INCIDENT, List.of());
        }
        PanelCommand.Arm asked = asked();
        if (!settings.modes().contains(asked.mode())) {
            return refused(PanelAnswer.Reason.MODE_NOT_CONFIGURED, List.of());
        }
        List<String> wrong = asked.bypass().stream()
                .filter(id -> settings.sensor(id)
                        .filter(sensor -> sensor.bypass() != PanelSensor.Bypass.NEVER)
                        .isEmpty())
                .sorted()
                .toList();
        if (!wrong.isEmpty()) {
            return refused(PanelAnswer.Reason.BYPASS_NOT_ALLOWED, wrong);
        }
        boolean leaves = !delays(asked.mode()).exit().isZero();
        List<String> inTheWay =
                Readiness.of(settings, state, asked.mode(), asked.bypass()).inTheWay(leaves);
        return inTheWay.isEmpty() ? Optional.empty() : refused(PanelAnswer.Reason.NOT_READY, inTheWay);
    }

    private static Optional<PanelAnswer.Refused> refused(PanelAnswer.Reason reason, List<String> sensors) {
        return Optional.of(new PanelAnswer.Refused(reason, sensors));
    }

    private boolean isBypassed() {
        return state.bypassed().contains(sensor().id());
    }

    Set<String> bypassed() {
        return Set.copyOf(state.bypassed());
    }

    AlarmMode armedMode() {
        return Optional.ofNullable(state.mode()).orElseThrow();
    }

    PanelSensor sensor() {
        return Optional.ofNullable(trigger.sensor()).orElseThrow();
    }

    PanelCommand command() {
        return Optional.ofNullable(trigger.command()).orElseThrow();
    }
}
