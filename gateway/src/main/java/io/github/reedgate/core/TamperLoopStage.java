package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelInput;
import io.github.reedgate.contact.Debounce;
import io.github.reedgate.contact.Debouncer;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.TamperLoop;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.line.Level;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.Retained;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tamper loop of a sensor before the sensor's own stage. Tampering is recorded once it has lasted, and its end once that
 * has lasted longer: so a loose wire is recorded a few times a minute at most. Lives for one step.
 */
final class TamperLoopStage {

    /** Why the contact of a changeover switch that is tampered with can't be read. */
    static final String CONTRADICTION = "its two lines contradict each other";

    /** A changeover switch that moves may be in neither position for so long. */
    private static final Debounce SETTLING = new Debounce(Debounce.CAP, Debounce.DEFAULT.close(), Debounce.CAP);

    private final int index;
    private final GatewaySettings settings;
    private final Sensor sensor;
    private final TamperLoop loop;
    private final SensorState before;
    private final StepContext step;
    private final Reporter reporter;
    private final long nowNanos;

    private Debouncer debouncer;
    private @Nullable Level own;
    private @Nullable Level other;
    private long inputNanos;
    private TamperLoop.@Nullable Tamper told;
    private @Nullable Long clearNanos;
    private @Nullable String unreadable;

    TamperLoopStage(int index, SensorState before, StepContext step) {
        this.index = index;
        this.settings = step.settings();
        this.sensor = settings.sensors().get(index);
        this.loop = Objects.requireNonNull(sensor.loop(), "no second line");
        this.before = before;
        this.step = step;
        this.reporter = step.reporter();
        this.nowNanos = step.nowNanos();
        TamperLoopState state = Objects.requireNonNull(before.loop(), "no state of it");
        this.debouncer = state.debouncer();
        this.own = state.own();
        this.other = state.other();
        this.inputNanos = state.inputNanos();
        this.told = state.told();
        this.clearNanos = state.clearNanos();
        this.unreadable = state.unreadable();
    }

    /** What is known of a sensor's second line at the start, which is nothing; null if it has none. */
    static @Nullable TamperLoopState starting(Sensor sensor, long nowNanos) {
        TamperLoop loop = sensor.loop();
        if (loop == null) {
            return null;
        }
        Debounce times = loop.kind() == TamperLoop.Kind.CHANGEOVER ? SETTLING : sensor.debounce();
        return TamperLoopState.starting(Debouncer.unknown(times), nowNanos);
    }

    /** True if a sensor's second line shows that its contact's own can't be believed. */
    static boolean distrusts(Sensor sensor, @Nullable TamperLoopState state) {
        TamperLoop loop = sensor.loop();
        return loop != null && loop.kind() == TamperLoop.Kind.CHANGEOVER && state != null && state.isTampered();
    }

    void edge(Level level, long atNanos) {
        other = level;
        moved(atNanos);
    }

    void read(Level level) {
        other = level;
        unreadable = null;
        seen();
    }

    void failed(String reason) {
        if (unreadable == null) {
            step.seen().add(new PanelInput.Lost(Watched.tamperOf(sensor.id())));
        }
        unreadable = reason;
        forget();
        other = null;
    }

    /** An edge on the sensor's own line. */
    void ownEdge(Level level, long atNanos) {
        own = level;
        if (loop.kind() == TamperLoop.Kind.CHANGEOVER) {
            moved(atNanos);
        }
    }

    /** A reading of the sensor's own line. */
    void ownRead(Level level) {
        own = level;
        if (loop.kind() == TamperLoop.Kind.CHANGEOVER) {
            seen();
        }
    }

    /** The sensor's own line can't be read: a changeover switch shows nothing then. */
    void ownFailed() {
        own = null;
        if (loop.kind() == TamperLoop.Kind.CHANGEOVER) {
            forget();
        }
    }

    void tick() {
        if (nowNanos - before.nextReadNanos() >= 0) {
            reporter.readLevel(settings.loopLine(index));
        }
        Debouncer.Result result = debouncer.tick(later(nowNanos));
        apply(result);
        if (result.readWanted()) {
            reporter.readLevel(index);
            reporter.readLevel(settings.loopLine(index));
        }
    }

    private void moved(long atNanos) {
        Position position = position();
        if (position != null) {
            inputNanos = later(atNanos);
            apply(debouncer.edge(position, inputNanos));
        }
    }

    private void seen() {
        Position position = position();
        if (position != null) {
            apply(debouncer.read(position, later(nowNanos)));
        }
    }

    private void forget() {
        debouncer = debouncer.forgotten();
        clearNanos = null;
    }

    /** A line that can be read again is known to the panel as it was told last; what has changed is told then. */
    private void apply(Debouncer.Result result) {
        debouncer = result.next();
        boolean isBack = result.findings().stream().anyMatch(finding -> finding.kind() == Debouncer.Kind.FIRST);
        if (isBack && told != null) {
            see(told == TamperLoop.Tamper.OK ? Position.CLOSED : Position.OPEN);
        }
    }

    private @Nullable Position position() {
        TamperLoop.Tamper tamper = present();
        return tamper == null ? null : tamper == TamperLoop.Tamper.OK ? Position.CLOSED : Position.OPEN;
    }

    /** What the levels show at this moment; null if one that is needed is not known. */
    private TamperLoop.@Nullable Tamper present() {
        Level second = other;
        Level first = loop.kind() == TamperLoop.Kind.PAIR ? sensor.wiring().openCircuitLevel() : own;
        return second == null || first == null ? null : loop.judge(sensor.wiring(), first, second);
    }

    /** Ends the stage: what has lasted is told. */
    SensorState end() {
        Position settled = debouncer.settled();
        if (step.startTold() && settled != null) {
            if (settled == Position.CLOSED) {
                whole();
            } else if (told == null || told == TamperLoop.Tamper.OK) {
                tampered();
            } else {
                clearNanos = null;
            }
        }
        TamperLoopState loopState =
                new TamperLoopState(debouncer, own, other, inputNanos, told, clearNanos, unreadable);
        SensorState after = before.withLoop(loopState);
        if (!after.detail().equals(before.detail())) {
            Messages.Detail detail = after.detail();
            reporter.retain(new Retained.SensorDetail(sensor.id(), detail));
        }
        return after;
    }

    private void tampered() {
        TamperLoop.Tamper present = present();
        TamperLoop.Tamper tamper = present == TamperLoop.Tamper.SHORT ? present : TamperLoop.Tamper.CUT;
        boolean found = told == null;
        see(Position.OPEN);
        told = tamper;
        clearNanos = null;
        String what = switch (tamper) {
            case SHORT -> "its lines are short-circuited, or a foreign magnet is near";
            default -> loop.kind() == TamperLoop.Kind.PAIR ? "cable cut or housing opened" : "cable cut";
        };
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("tamper", tamper.name().toLowerCase(Locale.ROOT));
        if (found) {
            more.put("found", true);
        }
        String message = sensor.name() + (found ? " found tampered with: " : " tampered with: ") + what;
        tell(EventType.TAMPERED, message, more, !found && sensor.alarm() == Sensor.AlarmPolicy.ALWAYS);
    }

    private void whole() {
        Long due = clearNanos;
        if (told == null) {
            see(Position.CLOSED);
            told = TamperLoop.Tamper.OK;
        } else if (told != TamperLoop.Tamper.OK && due == null) {
            Duration hold = settings.watch().chatterReport();
            clearNanos = nowNanos + hold.toNanos();
        } else if (due != null && nowNanos - due >= 0) {
            see(Position.CLOSED);
            told = TamperLoop.Tamper.OK;
            clearNanos = null;
            tell(EventType.TAMPER_CLEARED, sensor.name() + " no longer tampered with", Map.of("tamper", "ok"), false);
            reporter.readLevel(index);
        }
    }

    private void see(Position position) {
        String id = Watched.tamperOf(sensor.id());
        step.seen().add(told == null ? new PanelInput.Found(id, position) : new PanelInput.Moved(id, position));
    }

    private void tell(EventType type, String message, Map<String, Object> more, boolean alarms) {
        String word = Words.state(
                sensor,
                before.debouncer().settled() == null ? null : before.told().position());
        Event event = reporter.sensorEvent(type, new Reporter.Subject(sensor, word, nowNanos), message, more);
        reporter.record(event, alarms ? Priority.ALARM : Priority.ROUTINE);
        reporter.log(type == EventType.TAMPERED, message);
    }

    private long later(long atNanos) {
        return StepContext.later(atNanos, inputNanos);
    }
}
