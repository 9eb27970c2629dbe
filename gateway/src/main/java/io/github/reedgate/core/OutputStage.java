package io.github.reedgate.core;

import io.github.reedgate.alarm.AlarmPanel;
import io.github.reedgate.alarm.Incident;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.alarm.PanelState;
import io.github.reedgate.contact.Health;
import io.github.reedgate.core.Outputs.Fault;
import io.github.reedgate.core.Outputs.OutputState;
import io.github.reedgate.event.EventType;
import io.github.reedgate.output.Output;
import io.github.reedgate.output.OutputType;
import io.github.reedgate.output.Pattern;
import io.github.reedgate.output.Situation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Switches siren, strobe and LED at the end of a step, if what they should do has changed. An output that can't be switched is
 * reported once and tried again every 5 s. Lives for one step.
 */
final class OutputStage {

    /** How often an output is tried that can't be switched. */
    static final Duration RETRY = Duration.ofSeconds(5);

    /** How long it must have worked before it counts as well again. */
    static final Duration RECOVERY = Duration.ofMinutes(1);

    private final GatewaySettings settings;
    private final StepContext step;
    private final Reporter reporter;
    private final long nowNanos;

    private OutputStage(StepContext step) {
        this.settings = step.settings();
        this.step = step;
        this.reporter = step.reporter();
        this.nowNanos = step.nowNanos();
    }

    static void run(StepContext step) {
        if (!step.settings().outputs().isEmpty()) {
            new OutputStage(step).show();
        }
    }

    private void show() {
        Outputs next = judge(heard(step.outputs(), step.input()));
        Situation situation = situation(next);
        List<OutputState> states = new ArrayList<>();
        for (int i = 0; i < next.states().size(); i++) {
            Output output = settings.outputs().get(i);
            Pattern pattern = next.stopping() ? Pattern.OFF : output.pattern(situation);
            states.add(drive(i, show(output, next.states().get(i), pattern)));
        }
        step.outputs(new Outputs(states, next.connected(), next.stopping(), next.judged(), next.ready()));
    }

    /** What the event itself says. */
    private Outputs heard(Outputs before, Input input) {
        boolean connected = input instanceof Input.LinkUp || (before.connected() && !(input instanceof Input.LinkLost));
        boolean stopping = before.stopping() || input instanceof Input.StopRequested;
        List<OutputState> states = new ArrayList<>(before.states());
        if (input instanceof Input.OutputFailed failed) {
            states.set(failed.output(), failed(failed, states.get(failed.output())));
        } else if (input instanceof Input.OutputDriven driven) {
            states.set(driven.output(), healed(states.get(driven.output())));
        }
        return new Outputs(states, connected, stopping, before.judged(), before.ready());
    }

    private OutputState failed(Input.OutputFailed failed, OutputState before) {
        if (before.fault() == null) {
            String id = settings.outputs().get(failed.output()).id();
            String message = "Output " + id + " can't be switched: " + failed.reason();
            reporter.gatewayEvent(EventType.OUTPUT_FAULT, message, Map.of("output", id));
            reporter.log(true, message);
        }
        Fault fault = new Fault(nowNanos + RETRY.toNanos(), null);
        return new OutputState(before.pattern(), before.sinceNanos(), null, before.nextNanos(), fault);
    }

    private OutputState healed(OutputState before) {
        Fault fault = before.fault();
        return fault == null || fault.healedNanos() != null
                ? before
                : with(before, new Fault(fault.retryNanos(), nowNanos));
    }

    private static OutputState with(OutputState state, @Nullable Fault fault) {
        return new OutputState(state.pattern(), state.sinceNanos(), state.on(), state.nextNanos(), fault);
    }

    /** Looks anew at what could be armed, if that may have changed and somebody shows it. */
    private Outputs judge(Outputs outputs) {
        PanelSettings known = settings.panel();
        Panel panel = step.panel();
        if (known == null || panel == null || panel.state().equals(outputs.judged()) || !hasLed()) {
            return outputs;
        }
        PanelState judged = panel.state();
        boolean ready = new AlarmPanel(known).ready(judged).values().stream().allMatch(can -> can);
        return new Outputs(outputs.states(), outputs.connected(), outputs.stopping(), judged, ready);
    }

    private boolean hasLed() {
        return settings.outputs().stream().anyMatch(output -> output.type() == OutputType.LED);
    }

    private Situation situation(Outputs outputs) {
        boolean faulty = outputs.isAnyFailing()
                || step.sensors().stream().anyMatch(sensor -> sensor.trust().health() != Health.OK);
        Panel panel = step.panel();
        if (panel == null) {
            return new Situation(null, null, false, false, faulty, outputs.connected());
        }
        Incident incident = panel.state().incident();
        return new Situation(
                panel.state().state(),
                panel.state().mode(),
                incident != null && incident.raised() && !incident.acknowledged(),
                outputs.ready(),
                faulty,
                outputs.connected());
    }

    private OutputState show(Output output, OutputState before, Pattern pattern) {
        if (pattern.equals(before.pattern())) {
            return before;
        }
        if (output.type() != OutputType.LED) {
            reporter.log(false, "output " + output.id() + (pattern.equals(Pattern.OFF) ? ": off" : ": on"));
        }
        return new OutputState(pattern, nowNanos, before.on(), before.nextNanos(), before.fault());
    }

    private OutputState drive(int index, OutputState state) {
        Fault fault = recovered(index, state.fault());
        long elapsed = nowNanos - state.sinceNanos();
        boolean wanted = state.pattern().isOn(elapsed);
        Boolean on = state.on();
        if (fault == null || fault.healedNanos() != null) {
            if (on == null || on != wanted) {
                reporter.drive(index, wanted);
                on = wanted;
            }
        } else if (nowNanos - fault.retryNanos() >= 0) {
            reporter.drive(index, wanted);
            on = wanted;
            fault = new Fault(nowNanos + RETRY.toNanos(), null);
        }
        return new OutputState(state.pattern(), state.sinceNanos(), on, nextNanos(state, elapsed, fault), fault);
    }

    private @Nullable Fault recovered(int index, @Nullable Fault fault) {
        Long healed = fault == null ? null : fault.healedNanos();
        if (healed == null || nowNanos - healed < RECOVERY.toNanos()) {
            return fault;
        }
        String id = settings.outputs().get(index).id();
        String message = "Output " + id + " can be switched again";
        reporter.gatewayEvent(EventType.OUTPUT_OK, message, Map.of("output", id));
        reporter.log(false, message);
        return null;
    }

    private static @Nullable Long nextNanos(OutputState state, long elapsed, @Nullable Fault fault) {
        if (fault != null && fault.healedNanos() == null) {
            return fault.retryNanos();
        }
        OptionalLong change = state.pattern().nextNanos(elapsed);
        Long next = change.isEmpty() ? null : Long.valueOf(state.sinceNanos() + change.getAsLong());
        Long healed = fault == null ? null : fault.healedNanos();
        if (healed == null) {
            return next;
        }
        long well = healed + RECOVERY.toNanos();
        return next == null || well - next < 0 ? Long.valueOf(well) : next;
    }
}
