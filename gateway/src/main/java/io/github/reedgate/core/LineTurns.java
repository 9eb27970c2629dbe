package io.github.reedgate.core;

import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.TamperLoop;
import io.github.reedgate.message.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gives what happens on a line to the turn of the sensor whose it is. Lines are numbered: first those of the sensors, then, in
 * the same order, the second ones. Never kept.
 *
 * @param settings the settings
 * @param messages writes messages
 * @param turn what the step's parts share
 */
record LineTurns(GatewaySettings settings, Messages messages, Turn turn) {

    /** True for by far most readings: a trusted sensor at rest whose level is what it should be. */
    static boolean isAsExpected(GatewaySettings settings, GatewayState state, Input.LevelRead read) {
        int second = read.sensor() - settings.sensors().size();
        if (!state.startTold()) {
            return false;
        } else if (second >= 0) {
            LoopState loop = state.sensors().get(second).loop();
            return loop != null && loop.expects(read.level());
        }
        SensorState sensor = state.sensors().get(read.sensor());
        Position position = settings.sensors().get(read.sensor()).wiring().position(read.level());
        return sensor.debouncer().train() == null
                && sensor.debouncer().settled() == position
                && sensor.trust().isUnblemished()
                && (sensor.loop() == null || sensor.loop().own() == read.level());
    }

    GatewayState start(GatewayState state) {
        GatewayState next = state;
        for (int i = 0; i < state.sensors().size(); i++) {
            next = sensor(next, i, it -> {}, SensorTurn::start);
        }
        return next;
    }

    GatewayState edge(GatewayState state, Input.Edge edge) {
        int second = edge.sensor() - settings.sensors().size();
        return second < 0
                ? sensor(
                        state,
                        edge.sensor(),
                        it -> it.ownEdge(edge.level(), edge.atNanos()),
                        it -> it.edge(edge.level(), edge.atNanos()))
                : sensor(state, second, it -> it.edge(edge.level(), edge.atNanos()), it -> {});
    }

    GatewayState read(GatewayState state, Input.LevelRead read) {
        int second = read.sensor() - settings.sensors().size();
        return second < 0
                ? sensor(state, read.sensor(), it -> it.ownRead(read.level()), it -> it.read(read.level()))
                : sensor(state, second, it -> it.read(read.level()), it -> {});
    }

    GatewayState failed(GatewayState state, Input.LineFailed failed) {
        int second = failed.sensor() - settings.sensors().size();
        return second < 0
                ? sensor(state, failed.sensor(), LoopTurn::ownFailed, it -> it.failed(failed.reason()))
                : sensor(state, second, it -> it.failed(failed.reason()), it -> {});
    }

    /** The same with every sensor looked at that is due. */
    GatewayState tick(GatewayState state) {
        List<SensorState> sensors = new ArrayList<>(state.sensors());
        boolean any = false;
        for (int i = 0; i < sensors.size(); i++) {
            if (turn.nowNanos() - sensors.get(i).deadlineNanos() >= 0) {
                sensors.set(i, after(sensors.get(i), i, LoopTurn::tick, SensorTurn::tick));
                any = true;
            }
        }
        return any ? state.withSensors(sensors) : state;
    }

    /** Has every line read. */
    void readAll() {
        for (int i = 0; i < settings.sensors().size(); i++) {
            turn.reporter().readLevel(i);
            if (settings.sensors().get(i).loop() != null) {
                turn.reporter().readLevel(settings.loopLine(i));
            }
        }
    }

    /** What its own line says goes past a sensor whose second line shows that it can't be believed. */
    private GatewayState sensor(GatewayState state, int index, Consumer<LoopTurn> loopWork, Consumer<SensorTurn> work) {
        Consumer<SensorTurn> believed = it -> {
            if (!it.isDistrusted()) {
                work.accept(it);
            }
        };
        return state.withSensor(index, after(state.sensors().get(index), index, loopWork, believed));
    }

    /** A sensor after its turn: its second line's comes first. */
    private SensorState after(SensorState before, int index, Consumer<LoopTurn> loopWork, Consumer<SensorTurn> work) {
        SensorState state = before;
        TamperLoop loop = settings.sensors().get(index).loop();
        if (loop != null) {
            LoopTurn loopTurn = new LoopTurn(index, settings, state, messages, turn);
            loopWork.accept(loopTurn);
            state = loopTurn.end();
        }
        SensorTurn sensorTurn = new SensorTurn(index, settings, state, messages, turn);
        work.accept(sensorTurn);
        return sensorTurn.end();
    }
}
