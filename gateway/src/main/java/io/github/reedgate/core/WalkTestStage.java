package io.github.reedgate.core;

import io.github.reedgate.alarm.AlarmState;
import io.github.reedgate.alarm.PanelInput;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.event.EventType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs the walk test around the panel's stage. Before it, an opening is counted as part of the test. After it, the test ends if the
 * panel is no longer disarmed. Lives for one step.
 */
final class WalkTestStage {

    private final GatewaySettings settings;
    private final StepContext step;

    private WalkTestStage(StepContext step) {
        this.settings = step.settings();
        this.step = step;
    }

    /** Ahead of all else: the gateway's stop ends a test, and is told last. */
    static void stop(StepContext step) {
        WalkTest walk = step.walk();
        if (step.input() instanceof Input.StopRequested && walk != null && walk.isRunning()) {
            new WalkTestStage(step).end(walk, WalkTest.End.STOPPING);
        }
    }

    /** Takes in what the sensors' stages saw; ends a test whose time is over. */
    static void begin(StepContext step) {
        WalkTest walk = step.walk();
        if (walk != null && walk.isRunning()) {
            new WalkTestStage(step).see(walk);
        }
    }

    private void see(WalkTest walk) {
        if (step.nowNanos() - walk.deadlineNanos() >= 0) {
            boolean isLong = step.nowNanos() - walk.untilNanos() >= 0;
            end(walk, isLong ? WalkTest.End.TIME_OVER : WalkTest.End.UNATTENDED);
            return;
        }
        WalkTest next = walk;
        for (PanelInput input : step.seen()) {
            if (input instanceof PanelInput.Moved moved) {
                WalkTest.Moves before = next.moves(moved.sensor());
                next = next.with(
                        moved.sensor(),
                        moved.position() == Position.OPEN
                                ? new WalkTest.Moves(step.now().wall(), before.closed())
                                : new WalkTest.Moves(before.opened(), step.now().wall()));
            }
        }
        step.walk(next);
    }

    /** Ends a test that the panel ends; does what was ordered. */
    static void end(StepContext step) {
        WalkTest walk = step.walk();
        WalkTestStage stage = new WalkTestStage(step);
        if (walk != null && walk.isRunning() && !stage.isDisarmed()) {
            stage.end(walk, WalkTest.End.ARMED);
        }
        if (step.input() instanceof Input.WalkOrdered ordered) {
            stage.obey(ordered);
        }
    }

    private boolean isDisarmed() {
        Panel panel = step.panel();
        return panel == null || panel.state().state() == AlarmState.DISARMED;
    }

    private void obey(Input.WalkOrdered ordered) {
        WalkTest walk = step.walk();
        if (ordered.order() instanceof WalkOrder.Begin begin) {
            if (walk != null && walk.isRunning()) {
                refuse(ordered, WalkAnswer.Reason.RUNNING);
            } else if (isDisarmed()) {
                begin(begin);
                answer(ordered);
            } else {
                refuse(ordered, WalkAnswer.Reason.NOT_DISARMED);
            }
            return;
        }
        boolean isLook = ordered.order() instanceof WalkOrder.Look;
        long number = ordered.order() instanceof WalkOrder.Look look
                ? look.number()
                : ((WalkOrder.Finish) ordered.order()).number();
        if (walk == null || walk.number() != number) {
            refuse(ordered, WalkAnswer.Reason.UNKNOWN);
            return;
        }
        if (walk.isRunning() && isLook) {
            step.walk(walk.attendedAt(step.nowNanos()));
        } else if (walk.isRunning()) {
            end(walk, missing(walk).isEmpty() ? WalkTest.End.FINISHED : WalkTest.End.STOPPED);
        }
        answer(ordered);
    }

    private void begin(WalkOrder.Begin begin) {
        Duration length = begin.longest().compareTo(WalkTest.LONGEST) > 0 ? WalkTest.LONGEST : begin.longest();
        String message = "Walk test begins, for " + Words.length(length) + " at most"
                + (step.panel() == null ? "" : ": the panel raises no alarm until it is over");
        step.reporter().log(false, message);
        long number = step.reporter()
                .gatewayEvent(EventType.WALK_TEST_STARTED, message, Map.of("limit_s", length.toSeconds()))
                .stamp()
                .seq();
        step.walk(new WalkTest(number, step.nowNanos() + length.toNanos(), step.nowNanos(), Map.of(), null));
    }

    private void end(WalkTest walk, WalkTest.End why) {
        List<Sensor> missing = missing(walk);
        List<Sensor> open = settings.sensors().stream().filter(this::isOpen).toList();
        int all = settings.sensors().size();
        String message = "Walk test over, " + why.sentence() + ": " + (all - missing.size()) + " of " + all
                + " sensors moved" + list("; not moved: ", missing) + list("; still open: ", open);
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("reason", why.word());
        more.put("not_moved", missing.stream().map(Sensor::id).toList());
        more.put("open", open.stream().map(Sensor::id).toList());
        step.reporter().gatewayEvent(EventType.WALK_TEST_ENDED, message, more);
        step.reporter().log(false, message);
        step.walk(walk.ended(why));
    }

    private List<Sensor> missing(WalkTest walk) {
        return settings.sensors().stream()
                .filter(sensor -> !walk.moves(sensor.id()).isComplete())
                .toList();
    }

    private boolean isOpen(Sensor sensor) {
        return settled(sensor) == Position.OPEN;
    }

    private @Nullable Position settled(Sensor sensor) {
        return step.sensors()
                .get(settings.sensors().indexOf(sensor))
                .debouncer()
                .settled();
    }

    private static String list(String before, List<Sensor> sensors) {
        return sensors.isEmpty()
                ? ""
                : before + sensors.stream().map(Sensor::name).collect(Collectors.joining(", "));
    }

    private void refuse(Input.WalkOrdered ordered, WalkAnswer.Reason reason) {
        step.reporter().answerWalk(ordered.requestId(), new WalkAnswer.Refused(reason));
    }

    private void answer(Input.WalkOrdered ordered) {
        WalkTest walk = step.walk();
        if (walk != null) {
            WalkAnswer.Report report = new WalkAnswer.Report(walk.number(), walk.end(), sights(walk));
            step.reporter().answerWalk(ordered.requestId(), report);
        }
    }

    private List<WalkAnswer.Sight> sights(WalkTest walk) {
        return settings.sensors().stream()
                .map(sensor -> {
                    WalkTest.Moves moves = walk.moves(sensor.id());
                    String word = Words.state(sensor, settled(sensor));
                    return new WalkAnswer.Sight(sensor.id(), sensor.name(), word, moves.opened(), moves.closed());
                })
                .toList();
    }
}
