package io.github.reedgate.core;

import io.github.reedgate.contact.Position;
import java.util.function.Consumer;

/**
 * Hands edges and levels of a line to its sensor's stage. Lines are numbered: first those of the sensors, then, in the same order,
 * those of their tamper loops. Lives for one step.
 */
final class LineStage {

    private final GatewaySettings settings;
    private final StepContext step;

    private LineStage(StepContext step) {
        this.settings = step.settings();
        this.step = step;
    }

    /** True for by far most readings: a trusted sensor at rest whose level is what it should be. */
    static boolean isAsExpected(GatewaySettings settings, GatewayState state, Input.LevelRead read) {
        int second = read.sensor() - settings.sensors().size();
        if (!state.startTold()) {
            return false;
        } else if (second >= 0) {
            TamperLoopState loop = state.sensors().get(second).loop();
            return loop != null && loop.expects(read.level());
        }
        SensorState sensor = state.sensors().get(read.sensor());
        Position position = settings.sensors().get(read.sensor()).wiring().position(read.level());
        return sensor.debouncer().train() == null
                && sensor.debouncer().settled() == position
                && sensor.trust().isUnblemished()
                && (sensor.loop() == null || sensor.loop().own() == read.level());
    }

    static void run(StepContext step) {
        LineStage lines = new LineStage(step);
        if (step.input() instanceof Input.OfLine input) {
            lines.take(input);
        } else if (step.input() instanceof Input.Tick) {
            lines.tick();
        } else if (step.input() instanceof Input.Started) {
            lines.start();
        }
    }

    private void take(Input.OfLine input) {
        if (input instanceof Input.Edge edge) {
            edge(edge);
        } else if (input instanceof Input.LevelRead read) {
            read(read);
        } else if (input instanceof Input.LineFailed failed) {
            failed(failed);
        } else if (input instanceof Input.EdgesLost) {
            readAll();
        }
    }

    private void start() {
        for (int i = 0; i < settings.sensors().size(); i++) {
            sensor(i, it -> {}, SensorStage::start);
        }
    }

    private void edge(Input.Edge edge) {
        int second = edge.sensor() - settings.sensors().size();
        if (second < 0) {
            sensor(
                    edge.sensor(),
                    it -> it.ownEdge(edge.level(), edge.atNanos()),
                    it -> it.edge(edge.level(), edge.atNanos()));
        } else {
            sensor(second, it -> it.edge(edge.level(), edge.atNanos()), it -> {});
        }
    }

    private void read(Input.LevelRead read) {
        int second = read.sensor() - settings.sensors().size();
        if (second < 0) {
            sensor(read.sensor(), it -> it.ownRead(read.level()), it -> it.read(read.level()));
        } else {
            sensor(second, it -> it.read(read.level()), it -> {});
        }
    }

    private void failed(Input.LineFailed failed) {
        int second = failed.sensor() - settings.sensors().size();
        if (second < 0) {
            sensor(failed.sensor(), TamperLoopStage::ownFailed, it -> it.failed(failed.reason()));
        } else {
            sensor(second, it -> it.failed(failed.reason()), it -> {});
        }
    }

    /** Looks at every sensor that is due. */
    private void tick() {
        for (int i = 0; i < settings.sensors().size(); i++) {
            if (step.nowNanos() - step.sensors().get(i).deadlineNanos() >= 0) {
                work(i, TamperLoopStage::tick, SensorStage::tick);
            }
        }
    }

    /** Has every line read: edges were lost, and nobody knows whose. */
    private void readAll() {
        for (int i = 0; i < settings.sensors().size(); i++) {
            step.reporter().readLevel(i);
            if (settings.sensors().get(i).loop() != null) {
                step.reporter().readLevel(settings.loopLine(i));
            }
        }
    }

    /** What its own line says goes past a sensor whose second line shows that it can't be believed. */
    private void sensor(int index, Consumer<TamperLoopStage> loopWork, Consumer<SensorStage> work) {
        work(index, loopWork, it -> {
            if (!it.isDistrusted()) {
                work.accept(it);
            }
        });
    }

    /** One sensor: its second line comes first. */
    private void work(int index, Consumer<TamperLoopStage> loopWork, Consumer<SensorStage> work) {
        SensorState state = step.sensors().get(index);
        if (settings.sensors().get(index).loop() != null) {
            TamperLoopStage loop = new TamperLoopStage(index, state, step);
            loopWork.accept(loop);
            state = loop.end();
        }
        SensorStage sensor = new SensorStage(index, state, step);
        work.accept(sensor);
        step.sensor(index, sensor.end());
    }
}
