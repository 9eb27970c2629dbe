package io.github.reedgate.core;

import io.github.reedgate.contact.Debouncer;
import io.github.reedgate.time.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The core: {@code step(state, input, now) -> (state, output)}, without I/O, threads, logging or clock. Immutable, safe for
 * use by any thread.
 */
public final class Gateway {

    /** What a step consists of, in this order. */
    static final List<Stage> STAGES = List.of(
            new Stage("description", SystemStage::describe),
            new Stage("numbers", NumbersStage::run),
            new Stage("clock", ClockStage::run),
            new Stage("commandIn", CommandStage::take),
            new Stage("walkTestStop", WalkTestStage::stop),
            new Stage("lines", LineStage::run),
            new Stage("system", SystemStage::run),
            new Stage("homeServer", HomeServerStage::run),
            new Stage("logRequest", LogRequestStage::run),
            new Stage("notificationReports", NotificationStage::report),
            new Stage("walkTestBegin", WalkTestStage::begin),
            new Stage("panel", PanelStage::run),
            new Stage("walkTestEnd", WalkTestStage::end),
            new Stage("outputs", OutputStage::run),
            new Stage("commandReply", CommandStage::reply),
            new Stage("startReport", StartReportStage::run),
            new Stage("notifications", NotificationStage::decide),
            new Stage("snapshot", SnapshotStage::run));

    private final GatewaySettings settings;

    /**
     * A part of each step.
     *
     * @param name for the test that holds the order
     * @param work what it does; most do nothing for most inputs
     */
    record Stage(String name, Consumer<StepContext> work) {}

    /** A core with the given settings. */
    public Gateway(GatewaySettings settings) {
        this.settings = settings;
    }

    /** Number of this start. */
    public long boot() {
        return settings.start().boot();
    }

    /** The topics on which the gateway takes messages, the most important first; without wildcards. */
    public List<String> topics() {
        List<String> topics = new ArrayList<>(List.of(settings.topics().panelSet()));
        settings.description().statusTopic().ifPresent(status -> {
            topics.add(settings.topics().testSet());
            topics.add(status);
        });
        topics.add(settings.topics().logGet());
        return topics;
    }

    /** The topics whose retained values it wants to know at this start; mostly none. */
    public List<String> remembered() {
        return PanelDoubt.topics(settings);
    }

    /** The state before {@link Input.Started}: nothing is known of any sensor. */
    public GatewayState initial(Timestamp now) {
        GatewaySnapshot before = settings.start().before().snapshot();
        List<SensorState> sensors = settings.sensors().stream()
                .map(sensor -> SensorState.starting(Debouncer.unknown(sensor.debounce()), now.monotonicNanos())
                        .withOpen(
                                LeftOpenStage.starting(sensor, before.leftOpen().get(sensor.id()), now))
                        .withLoop(TamperLoopStage.starting(sensor, now.monotonicNanos()))
                        .withTroubleBefore(before.troubles().get(sensor.id()), now.monotonicNanos()))
                .toList();
        return new GatewayState(
                sensors,
                settings.start().firstSeq(),
                now.monotonicNanos(),
                false,
                GatewayState.Clock.starting(now.wall()),
                Link.NONE_YET,
                LostEdges.NONE,
                now.monotonicNanos() + settings.heartbeat().toNanos(),
                CommandStage.starting(settings, now),
                PanelStage.starting(settings, now),
                Outputs.starting(settings.outputs().size(), now.monotonicNanos()),
                NotificationStage.starting(settings, now),
                null);
    }

    /**
     * When {@link Input.Tick} is due next, on the monotonic clock.
     *
     * @param state the present state
     */
    public long deadlineNanos(GatewayState state) {
        long deadline = PanelStage.deadlineNanos(state);
        Long refresh = state.link().server().refreshNanos();
        if (refresh != null && refresh - deadline < 0) {
            deadline = refresh;
        }
        WalkTest walk = state.walk();
        if (walk != null && walk.isRunning() && walk.deadlineNanos() - deadline < 0) {
            deadline = walk.deadlineNanos();
        }
        Long notice = state.notices().nextNanos();
        if (notice != null && notice - deadline < 0) {
            deadline = notice;
        }
        for (SensorState sensor : state.sensors()) {
            long other = sensor.deadlineNanos();
            deadline = other - deadline < 0 ? other : deadline;
        }
        return state.outputs().deadlineNanos(deadline);
    }

    /**
     * Takes one input in.
     *
     * @param state the present state
     * @param input what happened
     * @param now the time; its monotonic part never goes back from one call to the next
     */
    public StepResult step(GatewayState state, Input input, Timestamp now) {
        if (input instanceof Input.LevelRead read && LineStage.isAsExpected(settings, state, read)) {
            return new StepResult(state, StepOutput.NONE);
        }
        StepContext step = new StepContext(settings, state, input, now);
        STAGES.forEach(stage -> stage.work().accept(step));
        return step.finish();
    }
}
