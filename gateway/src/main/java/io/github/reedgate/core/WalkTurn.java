package io.github.reedgate.core;

import io.github.reedgate.alarm.AlarmState;
import io.github.reedgate.alarm.PanelInput;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.event.EventType;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The walk test's turn, around that of the alarm panel: before it, so that an opening is known to be part of the test; after
 * it, for the test is over when the panel is no longer disarmed. Never kept.
 */
final class WalkTurn {

    private final GatewaySettings settings;
    private final Timestamp now;
    private final Turn turn;

    WalkTurn(GatewaySettings settings, Timestamp now, Turn turn) {
        this.settings = settings;
        this.now = now;
        this.turn = turn;
    }

    /** Ahead of all else: the gateway's stop ends a test, and is told last. */
    GatewayState stop(GatewayState state, Input input) {
        WalkTest walk = state.walk();
        boolean isEnd = input instanceof Input.StopRequested && walk != null && walk.isRunning();
        return isEnd && walk != null ? ended(state, walk, WalkTest.End.STOPPING) : state;
    }

    /** Takes in what the sensors' turns saw; ends a test whose time is over. */
    GatewayState begin(GatewayState state) {
        WalkTest walk = state.walk();
        if (walk == null || !walk.isRunning()) {
            return state;
        }
        if (turn.nowNanos() - walk.deadlineNanos() >= 0) {
            boolean isLong = turn.nowNanos() - walk.untilNanos() >= 0;
            return ended(state, walk, isLong ? WalkTest.End.TIME_OVER : WalkTest.End.UNATTENDED);
        }
        WalkTest next = walk;
        for (PanelInput input : turn.seen()) {
            if (input instanceof PanelInput.Moved moved) {
                WalkTest.Moves before = next.moves(moved.sensor());
                next = next.with(
                        moved.sensor(),
                        moved.position() == Position.OPEN
                                ? new WalkTest.Moves(now.wall(), before.closed())
                                : new WalkTest.Moves(before.opened(), now.wall()));
            }
        }
        return next.equals(walk) ? state : state.withWalk(next);
    }

    /** Ends a test that the panel ends; does what was ordered. */
    GatewayState end(GatewayState state, Input input) {
        WalkTest walk = state.walk();
        GatewayState next = state;
        if (walk != null && walk.isRunning()) {
            next = isDisarmed(state) ? state : ended(state, walk, WalkTest.End.ARMED);
        }
        return input instanceof Input.WalkOrdered ordered ? obey(next, ordered) : next;
    }

    private static boolean isDisarmed(GatewayState state) {
        Panel panel = state.panel();
        return panel == null || panel.state().state() == AlarmState.DISARMED;
    }

    private GatewayState obey(GatewayState state, Input.WalkOrdered ordered) {
        WalkTest walk = state.walk();
        if (ordered.order() instanceof WalkOrder.Begin begin) {
            if (walk != null && walk.isRunning()) {
                return refused(state, ordered, WalkAnswer.Reason.RUNNING);
            }
            return isDisarmed(state)
                    ? answered(begun(state, begin), ordered)
                    : refused(state, ordered, WalkAnswer.Reason.NOT_DISARMED);
        }
        boolean isLook = ordered.order() instanceof WalkOrder.Look;
        long number = ordered.order() instanceof WalkOrder.Look look
                ? look.number()
                : ((WalkOrder.Finish) ordered.order()).number();
        if (walk == null || walk.number() != number) {
            return refused(state, ordered, WalkAnswer.Reason.UNKNOWN);
        }
        if (!walk.isRunning()) {
            return answered(state, ordered);
        }
        WalkTest.End end = missing(walk).isEmpty() ? WalkTest.End.FINISHED : WalkTest.End.STOPPED;
        return answered(isLook ? state.withWalk(walk.attendedAt(turn.nowNanos())) : ended(state, walk, end), ordered);
    }

    private GatewayState begun(GatewayState state, WalkOrder.Begin begin) {
        Duration length = begin.longest().compareTo(WalkTest.LONGEST) > 0 ? WalkTest.LONGEST : begin.longest();
        String message = "Walk test begins, for " + Words.length(length) + " at most"
                + (state.panel() == null ? "" : ": the panel raises no alarm until it is over");
        turn.reporter().log(false, message);
        long number = turn.reporter()
                .gatewayEvent(EventType.WALK_TEST_STARTED, message, Map.of("limit_s", length.toSeconds()))
                .stamp()
                .seq();
        return state.withWalk(
                new WalkTest(number, turn.nowNanos() + length.toNanos(), turn.nowNanos(), Map.of(), null));
    }

    private GatewayState ended(GatewayState state, WalkTest walk, WalkTest.End why) {
        List<Sensor> missing = missing(walk);
        List<Sensor> open = settings.sensors().stream()
                .filter(sensor -> isOpen(state, sensor))
                .toList();
        int all = settings.sensors().size();
        String message = "Walk test over, " + why.sentence() + ": " + (all - missing.size()) + " of " + all
                + " sensors moved" + list("; not moved: ", missing) + list("; still open: ", open);
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("reason", why.word());
        more.put("not_moved", missing.stream().map(Sensor::id).toList());
        more.put("open", open.stream().map(Sensor::id).toList());
        turn.reporter().gatewayEvent(EventType.WALK_TEST_ENDED, message, more);
        turn.reporter().log(false, message);
        return state.withWalk(walk.ended(why));
    }

    private List<Sensor> missing(WalkTest walk) {
        return settings.sensors().stream()
                .filter(sensor -> !walk.moves(sensor.id()).isComplete())
                .toList();
    }

    private boolean isOpen(GatewayState state, Sensor sensor) {
        return state.sensors()
                        .get(settings.sensors().indexOf(sensor))
                        .debouncer()
                        .settled()
                == Position.OPEN;
    }

    private static String list(String before, List<Sensor> sensors) {
        return sensors.isEmpty()
                ? ""
                : before + sensors.stream().map(Sensor::name).collect(Collectors.joining(", "));
    }

    private GatewayState refused(GatewayState state, Input.WalkOrdered ordered, WalkAnswer.Reason reason) {
        turn.reporter().answerWalk(ordered.requestId(), new WalkAnswer.Refused(reason));
        return state;
    }

    private GatewayState answered(GatewayState state, Input.WalkOrdered ordered) {
        WalkTest walk = state.walk();
        if (walk != null) {
            turn.reporter()
                    .answerWalk(
                            ordered.requestId(), new WalkAnswer.Report(walk.number(), walk.end(), sights(state, walk)));
        }
        return state;
    }

    private List<WalkAnswer.Sight> sights(GatewayState state, WalkTest walk) {
        return settings.sensors().stream()
                .map(sensor -> {
                    WalkTest.Moves moves = walk.moves(sensor.id());
                    Position position = state.sensors()
                            .get(settings.sensors().indexOf(sensor))
                            .debouncer()
                            .settled();
                    return new WalkAnswer.Sight(
                            sensor.id(), sensor.name(), Words.state(sensor, position), moves.opened(), moves.closed());
                })
                .toList();
    }
}
