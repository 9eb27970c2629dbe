package io.github.reedgate.core;

import io.github.reedgate.alarm.AlarmPanel;
import io.github.reedgate.alarm.AlarmState;
import io.github.reedgate.alarm.Incident;
import io.github.reedgate.alarm.Moment;
import io.github.reedgate.alarm.PanelAnswer;
import io.github.reedgate.alarm.PanelDocument;
import io.github.reedgate.alarm.PanelEffect;
import io.github.reedgate.alarm.PanelInput;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.alarm.PanelState;
import io.github.reedgate.alarm.Watching;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventId;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.Retained;
import io.github.reedgate.time.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs the alarm panel near the end of a step: on what the sensors' stages found, on commands and on time. Lives for one step.
 */
final class PanelStage {

    private final GatewaySettings settings;
    private final StepContext step;

    private PanelStage(StepContext step) {
        this.settings = step.settings();
        this.step = step;
    }

    /** The panel at the start: as it was before, or disarmed if it never was; null if there is none. */
    static @Nullable Panel starting(GatewaySettings settings, Timestamp now) {
        PanelSettings panel = settings.panel();
        if (panel == null) {
            return null;
        }
        long nowNanos = now.monotonicNanos();
        PanelDocument before = settings.start().before().snapshot().panel();
        Doubt doubt = PanelDoubt.starting(settings);
        return before == null
                ? new Panel(PanelState.disarmed(panel, now.wall()), nowNanos, null, doubt)
                : new Panel(before.resumed(panel, nowNanos), nowNanos, before.clockSynced() ? before : null, doubt);
    }

    /** When the gateway or its panel is due by itself. */
    static long deadlineNanos(GatewayState state) {
        Panel panel = state.panel();
        Long next = panel == null ? null : panel.nextNanos();
        return next == null || state.nextBeatNanos() - next < 0 ? state.nextBeatNanos() : next;
    }

    static void run(StepContext step) {
        Panel panel = step.panel();
        if (panel != null && step.settings().panel() != null) {
            new PanelStage(step).go(panel, step.settings().panel());
        } else if (step.input() instanceof Input.PanelCommanded commanded) {
            step.reporter().answerPanel(commanded, new PanelAnswer.Refused(PanelAnswer.Reason.NO_PANEL, List.of()));
        }
    }

    private void go(Panel before, PanelSettings known) {
        Input input = step.input();
        PanelDoubt doubts = new PanelDoubt(step);
        Doubt doubt = before.doubt() == null ? null : doubts.take(before.doubt(), input);
        if (doubt != null && input instanceof Input.Started) {
            doubts.begin(doubt);
        }
        PanelState start = before.state();
        boolean anew = input instanceof Input.Started;
        if (doubt != null && doubts.isAnswered(doubt)) {
            start = doubts.follow(doubt, known, start);
            doubt = doubt.isLoud() || doubt.armedMode() != null
                    ? doubt.because(PanelDoubt.NONE_HERE).asked()
                    : null;
            anew = true;
        }
        PanelState after = steps(known, start, inputs(before));
        if (doubt != null && doubts.isDecided(input)) {
            doubts.end();
            doubt = null;
            anew = true;
        }
        publish(known, before.state(), after, new Showing(input, anew, doubt));
        step.panel(new Panel(after, before.storedNanos(), resumed(before, after), doubt));
    }

    /** For how long the gateway was down concerns the delay that ran before; one that began since, or ended, ends that. */
    private @Nullable PanelDocument resumed(Panel before, PanelState after) {
        boolean runsOn = Objects.equals(after.deadlineNanos(), before.state().deadlineNanos());
        return step.clock().synced() || !runsOn ? null : before.resumed();
    }

    private List<PanelInput> inputs(Panel before) {
        List<PanelInput> inputs = new ArrayList<>();
        PanelDocument resumed = before.resumed();
        if (resumed != null && step.clock().synced()) {
            inputs.add(new PanelInput.WasDown(resumed.age(step.clock().startWall())));
        }
        inputs.add(new PanelInput.TimePassed());
        WalkTest walk = step.walk();
        boolean isTest = walk != null && walk.isRunning();
        for (PanelInput seen : step.seen()) {
            if (isTest && seen instanceof PanelInput.Troubled troubled) {
                tellByItself(troubled);
            } else {
                inputs.add(isTest ? tested(seen) : seen);
            }
        }
        if (step.input() instanceof Input.PanelCommanded commanded) {
            inputs.add(new PanelInput.Commanded(commanded.command()));
        }
        return inputs;
    }

    /** During a walk test the panel only learns where a sensor is. */
    private static PanelInput tested(PanelInput input) {
        if (input instanceof PanelInput.Moved moved) {
            return new PanelInput.Tested(moved.sensor(), moved.position());
        }
        return input instanceof PanelInput.Found found
                ? new PanelInput.Tested(found.sensor(), found.position())
                : input;
    }

    private PanelState steps(PanelSettings known, PanelState before, List<PanelInput> inputs) {
        AlarmPanel panel = new AlarmPanel(known);
        PanelState state = before;
        for (PanelInput each : inputs) {
            AlarmPanel.Step panelStep = panel.step(state, each, moment());
            PanelEvents news = new PanelEvents(step, state, each);
            if (panelStep.effects().isEmpty() && each instanceof PanelInput.Troubled troubled) {
                tellByItself(troubled);
            }
            for (PanelEffect effect : panelStep.effects()) {
                if (effect instanceof PanelEffect.Answered answered
                        && step.input() instanceof Input.PanelCommanded commanded) {
                    step.reporter().answerPanel(commanded, answered.answer());
                } else {
                    news.tell(effect);
                }
            }
            state = panelStep.state();
        }
        return state;
    }

    /** No alarm follows: then the trouble itself is told. */
    private void tellByItself(PanelInput.Troubled troubled) {
        Event event = step.troubles().get(troubled.sensor());
        if (event != null) {
            step.reporter().ring(event);
        }
    }

    private Moment moment() {
        GatewaySettings.StartFacts start = settings.start();
        return new Moment(
                step.now(),
                EventId.of(step.now().wall(), ~start.seed(), step.reporter().nextSeq()));
    }

    /** Why it is published: the input, whether all of it is to be published again, and what is in doubt. */
    private record Showing(
            Input input, boolean anew, @Nullable Doubt doubt) {

        /** What is lost does not pass for disarmed. */
        String word(PanelState panel) {
            boolean isUnknown = doubt != null && doubt.isLoud() && (doubt.asks() || doubt.isUnknown());
            return isUnknown && panel.state() == AlarmState.DISARMED
                    ? PanelDoubt.UNKNOWN
                    : panel.state().word();
        }
    }

    private void publish(PanelSettings known, PanelState before, PanelState after, Showing showing) {
        boolean anew = showing.anew();
        boolean waits = showing.input() instanceof Input.PanelCommanded
                && !after.state().isAlarm();
        if (anew || after.state() != before.state()) {
            String word = showing.word(after);
            publish(new Retained.PanelState(word), waits);
        }
        if (anew || !after.equals(before)) {
            Messages.PanelDetail detail = detail(known, after);
            if (anew || !detail.equals(detail(known, before))) {
                publish(new Retained.PanelDetail(detail), waits);
            }
        }
    }

    /** What a command has made of the panel is an answer to it, and published once it is stored; an alarm waits for nothing. */
    private void publish(Retained value, boolean waits) {
        if (waits) {
            step.reporter().retainOnceStored(value);
        } else {
            step.reporter().retain(value);
        }
    }

    private Messages.PanelDetail detail(PanelSettings known, PanelState panel) {
        Long deadlineNanos = panel.deadlineNanos();
        Instant deadline = deadlineNanos == null ? null : step.reporter().wallAt(deadlineNanos);
        Incident incident = panel.incident();
        Watching former = panel.former();
        Map<String, Boolean> ready = new LinkedHashMap<>();
        new AlarmPanel(known).ready(panel).forEach((mode, can) -> ready.put(mode.word(), can));
        return new Messages.PanelDetail(
                panel.since(),
                panel.mode() == null ? null : panel.mode().word(),
                former == null ? null : former.mode().word(),
                incident == null ? null : incident.id(),
                Watched.all(settings.sensors())
                        .map(Watched::id)
                        .filter(id ->
                                panel.open().contains(id) && !panel.unknown().contains(id))
                        .toList(),
                panel.bypassed(),
                ready,
                deadline);
    }
}
