package io.github.reedgate.core;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelAnswer;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.command.Action;
import io.github.reedgate.command.Command;
import io.github.reedgate.command.CommandText;
import io.github.reedgate.command.Gate;
import io.github.reedgate.command.GateState;
import io.github.reedgate.command.Moment;
import io.github.reedgate.command.Nonces;
import io.github.reedgate.command.Refusal;
import io.github.reedgate.command.Tries;
import io.github.reedgate.command.Verdict;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Incoming;
import io.github.reedgate.message.Reply;
import io.github.reedgate.time.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Two stages of a step, for commands that arrive by MQTT. The first checks a command and, if it may be carried out, replaces the
 * input by it. The second adds the reply. Lives for one step.
 */
final class CommandStage {

    /** The panel's answer to this request is for whoever sent a command by MQTT. */
    private static final long MQTT = 0;

    private final GatewaySettings settings;
    private final StepContext step;
    private final Reporter reporter;

    private CommandStage(StepContext step) {
        this.settings = step.settings();
        this.step = step;
        this.reporter = step.reporter();
    }

    /** What is remembered at the start: wrong codes and signed commands from before it. */
    static GateState starting(GatewaySettings settings, Timestamp now) {
        long nowNanos = now.monotonicNanos();
        GatewaySnapshot before = settings.start().before().snapshot();
        return GateState.starting(
                Tries.restored(before.failedCodes(), nowNanos), Nonces.restored(before.nonces(), nowNanos), nowNanos);
    }

    /** How many commands were refused, by the reason's word, in the order of the reasons. */
    static Map<String, Long> refused(GateState gate) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Refusal why : Refusal.values()) {
            Long count = gate.refused().get(why);
            if (count != null) {
                counts.put(why.word(), count);
            }
        }
        return counts;
    }

    /** Judges the command in a message, or the code of one, and puts it in the place of what brought it. */
    static void take(StepContext step) {
        if (step.input() instanceof Input.Received received) {
            new CommandStage(step).take(received.message());
        } else if (step.input() instanceof Input.CodeChecked checked) {
            CommandStage stage = new CommandStage(step);
            stage.follow(stage.gate().judge(step.gate(), checked.command(), checked.match(), stage.moment()));
        } else if (step.input() instanceof Input.Tick
                && step.clock().synced()
                && step.gate().nonces().isKnownAgain(step.nowNanos())) {
            step.gate(step.gate().withKnownNonces(step.now().wall()));
        }
    }

    private void take(Incoming message) {
        if (isCommand(message)) {
            follow(gate().screen(step.gate(), read(message), message.retained(), moment()));
        }
    }

    private boolean isCommand(Incoming message) {
        return message.topic().equals(settings.topics().panelSet());
    }

    private static CommandText.Reading read(Incoming message) {
        return switch (message.shape()) {
            case TEXT -> CommandText.read(message.text());
            case TOO_LONG -> CommandText.Reading.refused(Refusal.TOO_LARGE);
            case NOT_TEXT -> CommandText.Reading.refused(Refusal.NOT_UTF8);
        };
    }

    private Gate gate() {
        return new Gate(settings.commands(), settings.gatewayId());
    }

    private Moment moment() {
        return new Moment(step.now(), step.clock().synced());
    }

    private void follow(Gate.Outcome outcome) {
        step.gate(outcome.state());
        if (outcome.verdict() instanceof Verdict.Refused refused) {
            refuse(refused);
        } else if (outcome.verdict() instanceof Verdict.Check check) {
            reporter.checkCode(check.command(), check.proof());
        } else if (outcome.verdict() instanceof Verdict.Granted granted) {
            step.granted(granted);
            step.input(new Input.PanelCommanded(panelCommand(granted), MQTT));
        }
    }

    private void refuse(Verdict.Refused refused) {
        Verdict.Notice notice = refused.notice();
        Action action = refused.action();
        if (notice.told()) {
            tell(refused);
        }
        if (notice.replied()) {
            reply(action, refused.why().word(), List.of());
        }
    }

    private void tell(Verdict.Refused refused) {
        Verdict.Notice notice = refused.notice();
        Action action = refused.action();
        Map<String, Object> more = new LinkedHashMap<>();
        if (action != null) {
            more.put("action", action.name());
        }
        more.put("reason", refused.why().word());
        if (refused.why() == Refusal.WRONG_CODE) {
            more.put("tries", (long) notice.tries());
        }
        if (notice.lockedSeconds() > 0) {
            more.put("locked_s", notice.lockedSeconds());
        }
        if (notice.untold() > 0) {
            more.put("untold", notice.untold());
        }
        String message = "Command " + (action == null ? "" : action.name() + " ") + "refused: "
                + refused.why().sentence();
        reporter.gatewayEvent(EventType.COMMAND_REFUSED, message, more);
        reporter.log(true, message + (notice.untold() > 0 ? " (" + notice.untold() + " more were not told)" : ""));
    }

    private static PanelCommand panelCommand(Verdict.Granted granted) {
        Command command = granted.command();
        String by = granted.by().isEmpty() ? "MQTT" : granted.by();
        return switch (command.action()) {
            case ARM_HOME -> arm(AlarmMode.HOME, granted, by);
            case ARM_AWAY -> arm(AlarmMode.AWAY, granted, by);
            case ARM_NIGHT -> arm(AlarmMode.NIGHT, granted, by);
            case DISARM -> new PanelCommand.Disarm(by);
            case ACKNOWLEDGE -> new PanelCommand.Acknowledge(by);
        };
    }

    private static PanelCommand arm(AlarmMode mode, Verdict.Granted granted, String by) {
        return new PanelCommand.Arm(mode, Set.copyOf(granted.command().bypass()), by, granted.mayDisarm());
    }

    /** Answers the command, once the panel has. */
    static void reply(StepContext step) {
        Verdict.Granted granted = step.granted();
        if (granted != null) {
            new CommandStage(step).answer(granted);
        }
    }

    private void answer(Verdict.Granted granted) {
        Action action = granted.command().action();
        StepOutput.PanelAnswered answered = reporter.panelAnswer();
        if (answered != null && answered.answer() instanceof PanelAnswer.Refused refused) {
            reply(action, refused.reason().word(), refused.sensors());
        } else if (answered != null) {
            reply(action, null, List.of());
        }
        if (granted.duress()) {
            Map<String, Object> more = new LinkedHashMap<>();
            more.put("by", granted.by());
            more.put("action", action.name());
            String message = "Duress code of " + granted.by() + " used";
            reporter.gatewayEvent(EventType.DURESS, Priority.IMPORTANT, message, more);
        }
    }

    private void reply(@Nullable Action action, @Nullable String reason, List<String> sensors) {
        reporter.reply(new Reply(action == null ? null : action.name(), reason, sensors));
    }
}
