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
            case FORMER -> state.former() != null;
            case FORMER_MODE -> isFormerMode();
            case IN_THE_WAY -> refusal().isPresent();
            case EXIT_DELAY -> !delays(asked().mode()).exit().isZero();
            case READY -> isReady();
            case INCIDENT -> incident().isPresent();
            case UNACKNOWLEDGED -> incident().filter(Incident::isOpen).isPresent();
            case ALWAYS -> isAlways();
            case INSTANT -> counts() && !isExitRoute();
            case INTERRUPTS -> interrupts();
            case INTERRUPTS_CHANGE -> interrupts() && state.former() != null;
            case ENTRY_DELAY -> startsEntry();
            case WATCHED -> isWatched();
            case NEW -> isWatched() && isNew();
            case LAST_DOOR -> endsExit() && isReady();
            case FOUND_BYPASS -> isHeld() && isWatched() && bypassesFound();
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

    private boolean isFormerMode() {
        Watching former = state.former();
        return former != null && former.mode() == asked().mode();
    }

    boolean isAlways() {
        return sensor().reaction() == Reaction.ALWAYS && isWatched();
    }

    /** True if it is watched because of the mode. */
    boolean counts() {
        return sensor().reaction() != Reaction.ALWAYS && isWatched();
    }

    boolean isWatched() {
        return isWatched(sensor());
    }

    /** False if people are leaving a house that was not armed. */
    private boolean isHeld() {
        return phase() != Phase.ARMING || state.former() != null;
    }

    private boolean isWatched(PanelSensor sensor) {
        Watching now = state.watching();
        return now == null
                ? sensor.reaction() == Reaction.ALWAYS && !state.bypassed().contains(sensor.id())
                : now.watches(sensor);
    }

    /** True if it will be watched because of the mode, once the exit delay is over. */
    private boolean willCount() {
        return sensor().reaction() != Reaction.ALWAYS && new Watching(armedMode(), state.bypassed()).watches(sensor());
    }

    boolean isExitRoute() {
        return sensor().reaction().isExitRoute();
    }

    boolean startsEntry() {
        return counts()
                && sensor().reaction() == Reaction.DELAYED
                && !delays(watching().mode()).entry().isZero();
    }

    boolean isNew() {
        return incident()
                .filter(incident -> incident.sensors().contains(sensor().id()))
                .isEmpty();
    }

    /** True if its opening must not happen while people leave. */
    boolean interrupts() {
        return willCount() && !isExitRoute() && sensor().bypass() != PanelSensor.Bypass.AUTOMATIC;
    }

    boolean endsExit() {
        return willCount() && sensor().armOnClose();
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
        List<String> lost = lost(asked);
        if (!asked.mayLower() && !lost.isEmpty()) {
            return refused(PanelAnswer.Reason.WATCHES_LESS, lost);
        }
        boolean leaves = !delays(asked.mode()).exit().isZero();
        List<String> inTheWay =
                Readiness.of(settings, state, asked.mode(), asked.bypass()).inTheWay(leaves);
        return inTheWay.isEmpty() ? Optional.empty() : refused(PanelAnswer.Reason.NOT_READY, inTheWay);
    }

    /** The ids of the sensors that are watched now and would not be any more. */
    private List<String> lost(PanelCommand.Arm asked) {
        Watching next = new Watching(asked.mode(), List.copyOf(asked.bypass()));
        return settings.sensors().stream()
                .filter(sensor -> isWatched(sensor) && !next.watches(sensor))
                .map(PanelSensor::id)
                .toList();
    }

    private static Optional<PanelAnswer.Refused> refused(PanelAnswer.Reason reason, List<String> sensors) {
        return Optional.of(new PanelAnswer.Refused(reason, sensors));
    }

    Set<String> bypassed() {
        return Set.copyOf(state.bypassed());
    }

    AlarmMode armedMode() {
        return Optional.ofNullable(state.mode()).orElseThrow();
    }

    Watching watching() {
        return Optional.ofNullable(state.watching()).orElseThrow();
    }

    PanelSensor sensor() {
        return Optional.ofNullable(trigger.sensor()).orElseThrow();
    }

    PanelCommand command() {
        return Optional.ofNullable(trigger.command()).orElseThrow();
    }
}
