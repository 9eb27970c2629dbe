package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelInput;
import io.github.reedgate.command.GateState;
import io.github.reedgate.command.Verdict;
import io.github.reedgate.contact.Debouncer;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.event.Event;
import io.github.reedgate.time.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data that the stages of one step share: the parts of the state, which they replace, and the output, which they fill. The state
 * before the step is a value and stays as it is, so a step that throws has changed nothing. Lives for one step, used by one thread.
 */
final class StepContext {

    private final GatewaySettings settings;
    private final GatewayState before;
    private final Timestamp now;
    private final Reporter reporter;
    private final List<PanelInput> seen = new ArrayList<>(0);
    private final Map<String, Event> troubles = new HashMap<>(0);
    private Input input;
    private Verdict.@Nullable Granted granted;
    private List<SensorState> sensors;
    private boolean startTold;
    private GatewayState.Clock clock;
    private Link link;
    private LostEdges lostEdges;
    private long nextBeatNanos;
    private GateState gate;
    private @Nullable Panel panel;
    private Outputs outputs;
    private Notices notices;
    private @Nullable WalkTest walk;

    /**
     * The beginning of a step.
     *
     * @param input what happened
     */
    StepContext(GatewaySettings settings, GatewayState before, Input input, Timestamp now) {
        this.settings = settings;
        this.before = before;
        this.input = input;
        this.now = now;
        this.reporter = new Reporter(settings, before, now);
        this.sensors = before.sensors();
        this.startTold = before.startTold();
        this.clock = before.clock();
        this.link = before.link();
        this.lostEdges = before.lostEdges();
        this.nextBeatNanos = before.nextBeatNanos();
        this.gate = before.gate();
        this.panel = before.panel();
        this.outputs = before.outputs();
        this.notices = before.notices();
        this.walk = before.walk();
    }

    /** The state as the stages have made it, and all that they want done. */
    StepResult finish() {
        GatewayState after = new GatewayState(
                sensors,
                reporter.nextSeq(),
                before.startNanos(),
                startTold,
                clock,
                link,
                lostEdges,
                nextBeatNanos,
                gate,
                panel,
                outputs,
                notices,
                walk);
        return new StepResult(after, reporter.output());
    }

    /** The later of two times of the monotonic clock. */
    static long later(long a, long b) {
        return a - b >= 0 ? a : b;
    }

    GatewaySettings settings() {
        return settings;
    }

    /** The state before the step. */
    GatewayState before() {
        return before;
    }

    Timestamp now() {
        return now;
    }

    long nowNanos() {
        return now.monotonicNanos();
    }

    /** Collects what the step wants done. */
    Reporter reporter() {
        return reporter;
    }

    /** What happened; once a command may be carried out, the command in place of the message that brought it. */
    Input input() {
        return input;
    }

    void input(Input changed) {
        input = changed;
    }

    /** The command in this step that may be carried out and came from elsewhere; null if there is none. */
    Verdict.@Nullable Granted granted() {
        return granted;
    }

    void granted(Verdict.Granted command) {
        granted = command;
    }

    /** What the alarm panel is to know of the sensors, in order. */
    List<PanelInput> seen() {
        return seen;
    }

    /** The events of the troubles that the alarm panel is to know of, by the sensor's id. */
    Map<String, Event> troubles() {
        return troubles;
    }

    /**
     * A contact came to rest.
     *
     * @param isFirst whether nothing was known of it since the start
     */
    void saw(Sensor sensor, Debouncer.Finding finding, boolean isFirst) {
        if (finding.kind() != Debouncer.Kind.GLITCH) {
            seen.add(
                    isFirst
                            ? new PanelInput.Found(sensor.id(), finding.position())
                            : new PanelInput.Moved(sensor.id(), finding.position()));
        }
    }

    /** The sensors, in the order of the settings. */
    List<SensorState> sensors() {
        return sensors;
    }

    void sensor(int index, SensorState changed) {
        if (sensors == before.sensors()) {
            sensors = new ArrayList<>(sensors);
        }
        sensors.set(index, changed);
    }

    boolean startTold() {
        return startTold;
    }

    void startIsTold() {
        startTold = true;
    }

    GatewayState.Clock clock() {
        return clock;
    }

    void clock(GatewayState.Clock changed) {
        clock = changed;
        reporter.clockSynced(changed.synced());
    }

    Link link() {
        return link;
    }

    void link(Link changed) {
        link = changed;
    }

    LostEdges lostEdges() {
        return lostEdges;
    }

    void lostEdges(LostEdges changed) {
        lostEdges = changed;
    }

    void nextBeat(long atNanos) {
        nextBeatNanos = atNanos;
    }

    GateState gate() {
        return gate;
    }

    void gate(GateState changed) {
        gate = changed;
    }

    @Nullable
    Panel panel() {
        return panel;
    }

    void panel(Panel changed) {
        panel = changed;
    }

    Outputs outputs() {
        return outputs;
    }

    void outputs(Outputs changed) {
        outputs = changed;
    }

    Notices notices() {
        return notices;
    }

    void notices(Notices changed) {
        notices = changed;
    }

    /** The walk test that runs, or the last that did; null if there was none since the start. */
    @Nullable
    WalkTest walk() {
        return walk;
    }

    void walk(WalkTest changed) {
        walk = changed;
    }
}
