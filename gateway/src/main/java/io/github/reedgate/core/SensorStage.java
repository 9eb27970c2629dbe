package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelInput;
import io.github.reedgate.contact.Debouncer;
import io.github.reedgate.contact.Debouncer.Finding;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.line.Level;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.Retained;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs one sensor on one input: debouncing, health and events. Gives the sensor's next state. Lives for one step. */
final class SensorStage {

    /** Glitches are told at most this often for each sensor. */
    static final Duration GLITCH_PAUSE = Duration.ofMinutes(1);

    private final int index;
    private final Sensor sensor;
    private final GatewaySettings.Watch watch;
    private final StepContext step;
    private final Reporter reporter;
    private final long nowNanos;
    private final boolean startTold;
    private final @Nullable Position lastPosition;

    private Debouncer debouncer;
    private SensorState.Told told;
    private SensorState.Chatter chatter;
    private SensorState.Glitches glitches;
    private final SensorHealth trust;
    private long bounces;
    private long inputNanos;
    private long nextReadNanos;
    private final SensorState.@Nullable Open open;
    private final @Nullable TamperLoopState loop;
    private final boolean distrusted;
    private boolean detailChanged;

    SensorStage(int index, SensorState state, StepContext step) {
        GatewaySettings settings = step.settings();
        this.index = index;
        this.sensor = settings.sensors().get(index);
        this.watch = settings.watch();
        this.step = step;
        this.reporter = step.reporter();
        this.nowNanos = step.nowNanos();
        this.startTold = step.startTold();
        this.lastPosition = settings.start().before().lastPosition(sensor);
        this.debouncer = state.debouncer();
        this.told = state.told();
        this.chatter = state.chatter();
        this.glitches = state.glitches();
        this.loop = state.loop();
        this.distrusted = TamperLoopStage.distrusts(sensor, loop);
        this.trust = new SensorHealth(state.trust(), loop == null ? null : loop.unreadable(), watch);
        this.bounces = state.bounces();
        this.inputNanos = state.inputNanos();
        this.nextReadNanos = state.nextReadNanos();
        this.open = state.open();
    }

    /** True if its second line shows that what its own one says can't be believed. */
    boolean isDistrusted() {
        return distrusted;
    }

    /** Says {@code unknown}, before anything was read. */
    void start() {
        publishState(null);
        detailChanged = true;
    }

    void edge(Level level, long atNanos) {
        inputNanos = StepContext.later(atNanos, inputNanos);
        trust.edgeSeen();
        chatter = chatter.plusEdge(nowNanos);
        apply(debouncer.edge(sensor.wiring().position(level), inputNanos));
    }

    void read(Level level) {
        Position position = sensor.wiring().position(level);
        trust.readable();
        Position raw = debouncer.raw();
        if (raw != null && raw != position) {
            trust.suspect(nowNanos);
        }
        apply(debouncer.read(position, StepContext.later(nowNanos, inputNanos)));
    }

    void failed(String reason) {
        if (trust.unreadable(reason)) {
            debouncer = debouncer.forgotten();
            step.seen().add(new PanelInput.Lost(sensor.id()));
            publishState(null);
            detailChanged = true;
        }
    }

    void tick() {
        apply(debouncer.tick(StepContext.later(nowNanos, inputNanos)));
        trust.missedEdges(nowNanos);
        if (chatter.pending()
                && nowNanos - chatter.toldNanos() >= watch.chatterReport().toNanos()) {
            tellHeldBack();
        }
        if (glitches.untold() > 0 && mayTellGlitches()) {
            tellGlitches(nowNanos);
        }
        if (nowNanos - nextReadNanos >= 0) {
            reporter.readLevel(index);
            Duration pause = trust.isDeaf() ? SensorHealth.FAST_READ : watch.reconcile();
            nextReadNanos = nowNanos + pause.toNanos();
        }
    }

    /** Ends the stage: health is looked at and the detail told if it changed. */
    SensorState end() {
        if (distrusted) {
            failed(TamperLoopStage.CONTRADICTION);
        }
        if (startTold) {
            tellHealth();
        }
        SensorState next = new SensorState(
                debouncer, told, trust.state(), chatter, glitches, bounces, inputNanos, nextReadNanos, open, loop);
        if (detailChanged) {
            Messages.Detail detail = next.detail();
            reporter.retain(new Retained.SensorDetail(sensor.id(), detail));
        }
        return startTold ? LeftOpenStage.end(sensor, next, step) : next;
    }

    private void apply(Debouncer.Result result) {
        debouncer = result.next();
        for (Finding finding : result.findings()) {
            step.saw(sensor, finding, told.position() == null);
            switch (finding.kind()) {
                case FIRST -> first(finding);
                case CHANGED -> {
                    bounces += Math.max(0, finding.edges() - 1);
                    changed(finding.position(), finding.atNanos());
                }
                case GLITCH -> {
                    glitches =
                            new SensorState.Glitches(glitches.total() + 1, glitches.untold() + 1, glitches.toldNanos());
                    if (mayTellGlitches()) {
                        tellGlitches(finding.atNanos());
                    }
                }
            }
        }
        if (result.readWanted()) {
            reporter.readLevel(index);
        }
    }

    private void first(Finding finding) {
        if (told.position() != null && told.position() != finding.position()) {
            changed(finding.position(), finding.atNanos());
            return;
        }
        if (told.position() == null
                && startTold
                && lastPosition == finding.position().other()) {
            tellFound(finding);
            return;
        }
        if (told.position() == null) {
            told = new SensorState.Told(finding.position(), reporter.wallAt(finding.atNanos()), null, 0);
        }
        publishState(finding.position());
        detailChanged = true;
    }

    /** Too late for the {@code started} event it turns out that the contact is not where it was before: no alarm. */
    private void tellFound(Finding finding) {
        String last = Words.state(sensor, lastPosition);
        String word = Words.state(sensor, finding.position());
        String message = sensor.name() + " found " + word + "; it was " + last + " before the gateway was down";
        publishState(finding.position());
        told(
                reporter.sensorEvent(
                        Words.event(sensor, finding.position()),
                        new Reporter.Subject(sensor, word, finding.atNanos()),
                        message,
                        Map.of("found", true)),
                finding.position(),
                Priority.ROUTINE);
    }

    private void changed(Position position, long atNanos) {
        chatter = chatter.plusChange(nowNanos);
        if (trust.isBusy(debouncer, chatter, nowNanos)
                && nowNanos - chatter.toldNanos() < watch.chatterReport().toNanos()) {
            chatter = chatter.holdingBack(position, atNanos);
        } else if (chatter.pending()) {
            chatter = chatter.holdingBack(position, atNanos);
            tellHeldBack();
        } else {
            tell(position, atNanos);
        }
    }

    /** Tells the net result of what was held back; an opening in between is told even if it is over. */
    private void tellHeldBack() {
        Long opened = chatter.openedNanos();
        chatter =
                new SensorState.Chatter(chatter.edges(), chatter.changes(), nowNanos, chatter.heldBack(), null, false);
        if (opened != null && told.position() == Position.CLOSED) {
            tell(Position.OPEN, opened);
        }
        Position settled = debouncer.settled();
        if (settled != null && settled != told.position()) {
            tell(settled, nowNanos);
        }
    }

    private void tell(Position position, long atNanos) {
        String word = Words.state(sensor, position);
        boolean alarms = position == Position.OPEN && sensor.alarm() == Sensor.AlarmPolicy.ALWAYS;
        Event event = reporter.sensorEvent(
                Words.event(sensor, position),
                new Reporter.Subject(sensor, word, atNanos),
                Words.change(sensor, position),
                Map.of());
        publishState(position);
        told(event, position, alarms ? Priority.ALARM : Priority.ROUTINE);
    }

    private void told(Event event, Position position, Priority priority) {
        reporter.record(event, priority);
        Event.Stamp stamp = event.stamp();
        told = new SensorState.Told(position, stamp.time(), stamp.id(), stamp.seq());
        chatter = chatter.told(nowNanos);
        detailChanged = true;
    }

    private boolean mayTellGlitches() {
        Long last = glitches.toldNanos();
        return last == null || nowNanos - last >= GLITCH_PAUSE.toNanos();
    }

    private void tellGlitches(long atNanos) {
        long count = glitches.untold();
        String message = sensor.name() + ": " + count + (count == 1 ? " pulse" : " pulses") + " too short for a move";
        reporter.record(
                reporter.sensorEvent(EventType.GLITCH, subject(atNanos), message, Map.of("glitches", count)),
                Priority.ROUTINE);
        glitches = new SensorState.Glitches(glitches.total(), 0, nowNanos);
        detailChanged = true;
    }

    private void tellHealth() {
        SensorHealth.Verdict verdict = trust.judge(debouncer, chatter, nowNanos);
        if (verdict == null) {
            return;
        }
        new HealthEvents(sensor, step).tell(verdict, subject(nowNanos), chatter.heldBack(), distrusted);
        if (verdict.trouble() == null) {
            chatter = chatter.calm();
        }
        detailChanged = true;
    }

    private Reporter.Subject subject(long atNanos) {
        String word = Words.state(sensor, debouncer.settled() == null ? null : told.position());
        return new Reporter.Subject(sensor, word, atNanos);
    }

    private void publishState(@Nullable Position position) {
        String word = Words.state(sensor, position);
        reporter.retain(new Retained.SensorState(sensor.id(), word));
    }
}
