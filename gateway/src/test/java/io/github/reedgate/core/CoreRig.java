package io.github.reedgate.core;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.command.Policy;
import io.github.reedgate.contact.Debounce;
import io.github.reedgate.contact.LeftOpen;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.contact.TamperLoop;
import io.github.reedgate.contact.TroublePolicy;
import io.github.reedgate.contact.Wiring;
import io.github.reedgate.core.GatewaySettings.LastStop;
import io.github.reedgate.core.GatewaySettings.StartFacts;
import io.github.reedgate.core.GatewaySettings.Watch;
import io.github.reedgate.event.Priority;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.Pull;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.Payloads;
import io.github.reedgate.message.Topics;
import io.github.reedgate.notice.NoticeTarget;
import io.github.reedgate.output.Output;
import io.github.reedgate.time.Timestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A core, virtual time and the true levels of its lines; readings are answered as the shell does. */
final class CoreRig {

    static final Timestamp START = new Timestamp(5_000_000_000L, Instant.parse("2026-11-22T21:14:00Z"));
    static final Duration HEARTBEAT = Duration.ofSeconds(60);
    static final Payloads PAYLOADS = new Payloads(new Messages(Topics.of("reedgate", "home")), ZoneOffset.UTC);
    static final StartFacts FACTS = new StartFacts(3, 100, LastStop.CLEAN, 0, 42);
    static final Wiring WIRING = new Wiring(true, Level.HIGH);

    /** Reads the levels so seldom that a day is soon over; for tests that move contacts by edges. */
    static final Watch SELDOM = new Watch(Duration.ofSeconds(20), 600, 30, Duration.ofSeconds(10));

    private final List<Sensor> sensors;
    private final Gateway core;
    private final List<Position> positions = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final List<StepOutput> outputs = new ArrayList<>();
    private final List<Long> outputNanos = new ArrayList<>();
    private GatewayState state;
    private Timestamp now;

    CoreRig(Watch watch, List<Sensor> sensors) {
        this(watch, sensors, FACTS);
    }

    CoreRig(Watch watch, List<Sensor> sensors, StartFacts start) {
        this(watch, sensors, start, START);
    }

    /** A gateway that starts at that time. */
    CoreRig(Watch watch, List<Sensor> sensors, StartFacts start, Timestamp begin) {
        this(
                sensors,
                new GatewaySettings(
                        "home",
                        Topics.of("reedgate", "home"),
                        sensors,
                        ZoneOffset.UTC,
                        watch,
                        HEARTBEAT,
                        start,
                        Policy.STRICT,
                        GatewaySettings.Description.NONE,
                        null,
                        List.of(),
                        List.of()),
                begin);
    }

    /** A gateway that describes itself. */
    CoreRig(List<Sensor> sensors, StartFacts start, GatewaySettings.Description description) {
        this(
                sensors,
                new GatewaySettings(
                        "home",
                        Topics.of("reedgate", "home"),
                        sensors,
                        ZoneOffset.UTC,
                        Watch.DEFAULT,
                        HEARTBEAT,
                        start,
                        Policy.STRICT,
                        description,
                        null,
                        List.of(),
                        List.of()));
    }

    /** A gateway with an alarm panel. */
    CoreRig(List<Sensor> sensors, StartFacts start, PanelSettings panel) {
        this(sensors, start, panel, List.of());
    }

    /** A gateway with outputs, and perhaps a panel. */
    CoreRig(List<Sensor> sensors, StartFacts start, @Nullable PanelSettings panel, List<Output> outputs) {
        this(sensors, start, panel, outputs, List.of());
    }

    /** The same that tells people beside the broker. */
    CoreRig(
            List<Sensor> sensors,
            StartFacts start,
            @Nullable PanelSettings panel,
            List<Output> outputs,
            List<NoticeTarget> targets) {
        this(
                sensors,
                new GatewaySettings(
                        "home",
                        Topics.of("reedgate", "home"),
                        sensors,
                        ZoneOffset.UTC,
                        Watch.DEFAULT,
                        HEARTBEAT,
                        start,
                        Policy.STRICT,
                        GatewaySettings.Description.NONE,
                        panel,
                        outputs,
                        targets));
    }

    /** The same that reads the levels seldom. */
    static CoreRig seldom(List<Sensor> sensors, StartFacts start, PanelSettings panel, List<NoticeTarget> targets) {
        return new CoreRig(
                sensors,
                new GatewaySettings(
                        "home",
                        Topics.of("reedgate", "home"),
                        sensors,
                        ZoneOffset.UTC,
                        SELDOM,
                        HEARTBEAT,
                        start,
                        Policy.STRICT,
                        GatewaySettings.Description.NONE,
                        panel,
                        List.of(),
                        targets));
    }

    /** A gateway with settings of a test's choice. */
    CoreRig(List<Sensor> sensors, GatewaySettings settings) {
        this(sensors, settings, START);
    }

    private CoreRig(List<Sensor> sensors, GatewaySettings settings, Timestamp begin) {
        now = begin;
        this.sensors = sensors;
        core = new Gateway(settings);
        state = core.initial(now);
        // the contacts first, then their second lines
        for (int i = 0; i < 2 * sensors.size(); i++) {
            positions.add(Position.CLOSED);
            failures.add("");
        }
    }

    static CoreRig of(Sensor... sensors) {
        return new CoreRig(Watch.DEFAULT, List.of(sensors));
    }

    static Sensor door(int line) {
        return sensor(line, SensorType.DOOR, Sensor.AlarmPolicy.ALWAYS);
    }

    static Sensor sensor(int line, SensorType type, Sensor.AlarmPolicy alarm) {
        return sensor(line, type, alarm, null);
    }

    static Sensor sensor(int line, SensorType type, Sensor.AlarmPolicy alarm, @Nullable LeftOpen leftOpen) {
        LineSettings settings = new LineSettings(line, Pull.UP);
        return new Sensor(
                "s" + line,
                "Sensor " + line,
                type,
                settings,
                WIRING,
                Debounce.DEFAULT,
                alarm,
                leftOpen,
                null,
                TroublePolicy.DEFAULT);
    }

    /** The same sensor with another policy for its troubles. */
    static Sensor troubled(Sensor sensor, TroublePolicy troubles) {
        return new Sensor(
                sensor.id(),
                sensor.name(),
                sensor.type(),
                sensor.line(),
                sensor.wiring(),
                sensor.debounce(),
                sensor.alarm(),
                sensor.leftOpen(),
                sensor.loop(),
                troubles);
    }

    /** A door with a second line. */
    static Sensor guarded(int line, TamperLoop.Kind kind, Sensor.AlarmPolicy alarm) {
        Sensor door = sensor(line, SensorType.DOOR, alarm);
        TamperLoop loop = new TamperLoop(kind, new LineSettings(line + 20, Pull.UP), Level.HIGH);
        return new Sensor(
                door.id(),
                door.name(),
                door.type(),
                door.line(),
                WIRING,
                door.debounce(),
                alarm,
                null,
                loop,
                door.troubles());
    }

    static List<Sensor> doors(int count) {
        return IntStream.range(0, count).mapToObj(CoreRig::door).toList();
    }

    /** Starts, and waits until every sensor has been looked at; forgets what was told by then. */
    CoreRig started() {
        start();
        pass(Duration.ofSeconds(2));
        outputs.clear();
        outputNanos.clear();
        return this;
    }

    void start() {
        step(new Input.Started());
        step(new Input.Tick());
    }

    /** Lets time pass, with every deadline acted upon. */
    void pass(Duration duration) {
        Timestamp end = now.plus(duration);
        long deadline = core.deadlineNanos(state);
        while (deadline <= end.monotonicNanos()) {
            now = now.atNanos(Math.max(now.monotonicNanos(), deadline));
            step(new Input.Tick());
            deadline = core.deadlineNanos(state);
            if (deadline <= now.monotonicNanos()) {
                throw new AssertionError("a tick left something due: the gateway would do nothing but tick");
            }
        }
        now = end;
    }

    /** The wall clock is set; the monotonic one goes on as if nothing had happened. */
    void setClock(Duration by) {
        now = new Timestamp(now.monotonicNanos(), now.wall().plus(by));
    }

    /** The contact moves and its edge arrives. */
    void move(int sensor, Position position) {
        moveSilently(sensor, position);
        step(new Input.Edge(sensor, level(sensor), now.monotonicNanos()));
    }

    /** The level of a line; those from the number of sensors on are second ones. */
    private Level level(int line) {
        int count = sensors.size();
        Wiring wiring =
                line < count ? WIRING : sensors.get(line - count).lines().get(1).wiring();
        return wiring.level(positions.get(line));
    }

    /** The contact moves and no edge arrives. */
    void moveSilently(int sensor, Position position) {
        positions.set(sensor, position);
    }

    /** From now on the line can't be read; an empty reason heals it. */
    void breakLine(int sensor, String reason) {
        failures.set(sensor, reason);
    }

    /** All lines are as those of another gateway with the same sensors. */
    void wiredLike(CoreRig other) {
        for (int line = 0; line < positions.size(); line++) {
            positions.set(line, other.positions.get(line));
            failures.set(line, other.failures.get(line));
        }
    }

    void step(Input input) {
        StepResult step = core.step(state, input, now);
        state = step.state();
        outputs.add(step.output());
        outputNanos.add(now.monotonicNanos());
        for (int sensor : step.output().reads()) {
            step(
                    failures.get(sensor).isEmpty()
                            ? new Input.LevelRead(sensor, level(sensor))
                            : new Input.LineFailed(sensor, failures.get(sensor)));
        }
    }

    /** What outputs were told and when, as {@code milliseconds since the start: number on}. */
    List<String> drives() {
        List<String> drives = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            long millis = (outputNanos.get(i) - START.monotonicNanos()) / 1_000_000;
            outputs.get(i)
                    .outputs()
                    .forEach(each -> drives.add(millis + ": " + each.output() + (each.on() ? " on" : " off")));
        }
        return drives;
    }

    Timestamp now() {
        return now;
    }

    Gateway core() {
        return core;
    }

    GatewayState state() {
        return state;
    }

    void forget() {
        outputs.clear();
        outputNanos.clear();
    }

    /** What was published, as {@code topic=payload} without the gateway's root; JSON left out. */
    List<String> told() {
        return messages().stream()
                .map(message -> message.topic().replace("reedgate/home/", "")
                        + (message.contentType().equals(Message.JSON) ? "" : "=" + message.payload()))
                .toList();
    }

    List<Message> messages() {
        return outputs.stream().flatMap(output -> messages(output).stream()).toList();
    }

    /** What a step publishes on a disk that works, in the order in which it is published. */
    static List<Message> messages(StepOutput output) {
        List<Message> messages = new ArrayList<>();
        for (StepOutput.Recorded recorded : output.events()) {
            if (recorded.priority() == Priority.ALARM) {
                messages.add(PAYLOADS.alarmLine(recorded.event()));
            }
        }
        output.retained().forEach(value -> messages.add(PAYLOADS.retained(value)));
        output.events().forEach(recorded -> messages.add(PAYLOADS.event(recorded.event())));
        output.retainedOnceStored().forEach(value -> messages.add(PAYLOADS.retained(value)));
        output.replies().forEach(reply -> messages.add(PAYLOADS.reply(reply, true)));
        return messages;
    }

    /** What each step wanted, but for those that wanted nothing. */
    List<StepOutput> outputs() {
        return outputs.stream()
                .filter(output -> !output.equals(StepOutput.NONE))
                .toList();
    }

    /** All of one kind, of all steps. */
    <T> List<T> all(Function<StepOutput, List<T>> kind) {
        return outputs.stream().flatMap(output -> kind.apply(output).stream()).toList();
    }

    /** The same for what a step has once at most. */
    <T> List<T> each(Function<StepOutput, @Nullable T> kind) {
        List<T> all = new ArrayList<>();
        for (StepOutput output : outputs) {
            T one = kind.apply(output);
            if (one != null) {
                all.add(one);
            }
        }
        return all;
    }

    /** The priorities of the events, in order. */
    List<Priority> priorities() {
        return all(StepOutput::events).stream()
                .map(StepOutput.Recorded::priority)
                .toList();
    }

    /** All that was to be stored for the time after a restart, oldest first. */
    List<GatewaySnapshot> snapshots() {
        return each(StepOutput::snapshot);
    }

    /** The same as it is on disk: the newest, written and read. */
    GatewaySnapshot stored() {
        return snapshots().stream()
                .reduce((older, newer) -> newer)
                .map(newest -> Snapshots.of(SnapshotJson.write(newest)))
                .orElse(GatewaySnapshot.NOTHING);
    }

    /** What was done and when, but for wall times. */
    List<String> timeline() {
        Timeless timeless = new Timeless();
        return IntStream.range(0, outputs.size())
                .boxed()
                .flatMap(i -> Stream.concat(
                        timeless.lines(outputNanos.get(i), outputs.get(i), messages(outputs.get(i))).stream(),
                        outputs.get(i).reads().stream().map(sensor -> outputNanos.get(i) + " read " + sensor)))
                .toList();
    }

    /** The events published, as maps. */
    List<Map<String, Object>> events() {
        return messages().stream()
                .filter(message -> message.topic().endsWith("/event"))
                .map(message -> json(message.payload()))
                .toList();
    }

    /** The types of the events published. */
    List<Object> eventTypes() {
        return events().stream().map(event -> event.get("event_type")).toList();
    }

    /** The last value published on a topic below the gateway's root. */
    String last(String topic) {
        return messages().stream()
                .filter(message -> message.topic().equals("reedgate/home/" + topic))
                .reduce((a, b) -> b)
                .orElseThrow()
                .payload();
    }

    static Map<String, Object> json(String text) {
        try {
            return JSON.std.mapFrom(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
