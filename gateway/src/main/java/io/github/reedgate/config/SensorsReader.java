package io.github.reedgate.config;

import io.github.reedgate.alarm.PanelSensor;
import io.github.reedgate.alarm.Reaction;
import io.github.reedgate.contact.Debounce;
import io.github.reedgate.contact.LeftOpen;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.contact.TamperLoop;
import io.github.reedgate.contact.TroublePolicy;
import io.github.reedgate.contact.Wiring;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.Pull;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the {@code sensors} section. Owned by one reading; not for use by several threads. */
final class SensorsReader {

    private static final int MAX_SENSORS = 32;
    private static final Set<String> RESERVED = Set.of("availability", "event", "alarm", "panel", "diagnostics");
    private static final IdType ID = new IdType();

    private final Section sensors;
    private final boolean hasPanel;
    private final List<PanelSensor> panelSensors = new ArrayList<>();
    private final List<String> quieted = new ArrayList<>();
    private final Map<Integer, String> idsByLine = new HashMap<>();

    /**
     * Reads a section.
     *
     * @param hasPanel whether there is an alarm panel for them
     */
    SensorsReader(Section sensors, boolean hasPanel) {
        this.sensors = sensors;
        this.hasPanel = hasPanel;
    }

    /** What the alarm panel is to know of the sensors that were read; empty if there is none. */
    List<PanelSensor> panelSensors() {
        return panelSensors;
    }

    /** The sensors that were read whose openings raise no alarm by themselves although nobody said so. */
    List<String> quieted() {
        return quieted;
    }

    /** The sensors in the file's order; meaningless if something was reported. */
    List<Sensor> read() {
        List<String> ids = sensors.names();
        if (ids.isEmpty() && sensors.isComplete()) {
            sensors.report("has no sensor; allowed: 1 to 32 sensor ids");
        }
        if (ids.size() > MAX_SENSORS) {
            sensors.report(ids.get(MAX_SENSORS), "is sensor " + (MAX_SENSORS + 1) + "; allowed: 1 to 32 sensors");
        }
        List<Sensor> read = new ArrayList<>();
        for (String id : ids) {
            checkId(id);
            sensor(id, sensors.section(id)).ifPresent(read::add);
        }
        return read;
    }

    private void checkId(String id) {
        if (RESERVED.contains(id)) {
            sensors.report(
                    id, "'" + id + "' is a topic of the gateway itself; allowed: any other id, such as " + id + "_1");
            return;
        }
        try {
            ID.parse(id);
        } catch (BadValueException e) {
            sensors.report(id, e.sentence(ID.allowed()));
        }
    }

    private Optional<Sensor> sensor(String id, Section section) {
        String name = section.find(Keys.SENSOR_NAME).orElse(nameFrom(id));
        Optional<Integer> offset = section.find(Keys.LINE);
        offset.ifPresent(line -> checkUnique(id, line, Keys.LINE, section));
        Pull pull = section.get(Keys.PULL);
        Optional<Pull> external = section.find(Keys.EXTERNAL_PULL);
        checkPulls(section, pull);
        Level openCircuit = external.orElse(pull) == Pull.DOWN ? Level.LOW : Level.HIGH;
        Wiring wiring = new Wiring(section.get(Keys.CONTACT), openCircuit);
        Debounce debounce = debounce(section.section("debounce"));
        var type = section.get(Keys.TYPE);
        var alarm = section.get(Keys.ALARM);
        if (hasPanel) {
            alarm = section.has(Keys.ALARM) ? alarm : Sensor.AlarmPolicy.NEVER;
            PanelSensor watched = PanelReader.sensor(id, type, section);
            panelSensors.add(watched);
            if (!section.has(Keys.ALARM) && watched.reaction() != Reaction.ALWAYS) {
                quieted.add(id);
            }
        } else {
            PanelReader.refuse(section);
        }
        LeftOpen leftOpen = leftOpen(section.section("left_open"), type);
        TamperLoop loop = loop(id, section.section("loop"), pull, openCircuit);
        if (type == SensorType.TAMPER && loop != null) {
            section.report("loop", "does not go together with type: tamper, which is such a line itself; remove it");
        }
        if (hasPanel && loop != null) {
            panelSensors.add(new PanelSensor(
                    id + Sensor.TAMPER, Set.of(), Reaction.ALWAYS, section.get(PanelKeys.BYPASS), false));
        }
        var policy = alarm;
        TroublePolicy troubles = troubles(section.section("trouble"));
        return offset.map(line -> new Sensor(
                id, name, type, new LineSettings(line, pull), wiring, debounce, policy, leftOpen, loop, troubles));
    }

    private TroublePolicy troubles(Section section) {
        return new TroublePolicy(
                rank(section, TroubleKeys.CHATTERING),
                rank(section, TroubleKeys.STUCK),
                rank(section, TroubleKeys.DEAF),
                rank(section, TroubleKeys.UNREADABLE));
    }

    private TroublePolicy.Rank rank(Section section, Key<TroublePolicy.Rank> key) {
        TroublePolicy.Rank rank = section.get(key);
        if (!hasPanel && rank == TroublePolicy.Rank.ALARM) {
            section.report(
                    key, "'alarm' is for an alarm panel, and there is none; add an alarm section, or use notify");
        }
        return rank;
    }

    private @Nullable TamperLoop loop(String id, Section section, Pull pull, Level openCircuit) {
        Optional<Integer> offset = section.find(Keys.LOOP_LINE);
        TamperLoop.Kind kind = section.get(Keys.LOOP_KIND);
        offset.ifPresent(line -> checkUnique(id, line, Keys.LOOP_LINE, section));
        if (offset.isEmpty() && !section.isBroken(Keys.LOOP_LINE) && section.has(Keys.LOOP_KIND)) {
            section.report(Keys.LOOP_KIND, "has no effect without line; add the line, or remove it");
        }
        return offset.map(line -> new TamperLoop(kind, new LineSettings(line, pull), openCircuit))
                .orElse(null);
    }

    private void checkUnique(String id, int line, Key<Integer> key, Section section) {
        String other = idsByLine.putIfAbsent(line, id);
        if (other != null) {
            section.report(
                    key,
                    "'" + line + "' is taken by sensors." + Shown.value(other) + "; allowed: "
                            + key.type().allowed() + ", one that no other sensor has");
        }
    }

    private void checkPulls(Section section, Pull pull) {
        if (section.isBroken(Keys.PULL)) {
            return;
        }
        boolean external = section.has(Keys.EXTERNAL_PULL);
        if (pull == Pull.NONE && !external) {
            section.report(
                    Keys.PULL,
                    "'none' leaves the line floating while the circuit is open; use up or down, or say with"
                            + " external_pull: up or down where the resistor outside the Pi goes");
        } else if (pull != Pull.NONE && external) {
            section.report(
                    Keys.EXTERNAL_PULL,
                    "does not go together with pull: " + pull.name().toLowerCase(Locale.ROOT)
                            + "; remove it, or set pull: none");
        }
    }

    private Debounce debounce(Section section) {
        Duration open = section.get(Keys.DEBOUNCE_OPEN);
        Duration close = section.get(Keys.DEBOUNCE_CLOSE);
        Duration maxWait = section.get(Keys.DEBOUNCE_MAX_WAIT);
        if (section.isBroken(Keys.DEBOUNCE_OPEN)
                || section.isBroken(Keys.DEBOUNCE_CLOSE)
                || section.isBroken(Keys.DEBOUNCE_MAX_WAIT)) {
            return Debounce.DEFAULT;
        }
        boolean openIsLonger = open.compareTo(close) > 0;
        Duration longest = openIsLonger ? open : close;
        if (maxWait.compareTo(longest) < 0) {
            section.report(
                    Keys.DEBOUNCE_MAX_WAIT,
                    "'" + DurationType.text(maxWait) + "' is shorter than " + (openIsLonger ? "open" : "close") + ", "
                            + DurationType.text(longest) + "; allowed: "
                            + Keys.DEBOUNCE_MAX_WAIT.type().allowed() + ", not shorter than open and close");
            return Debounce.DEFAULT;
        }
        return new Debounce(open, close, maxWait);
    }

    private static @Nullable LeftOpen leftOpen(Section section, SensorType type) {
        Optional<Duration> after = section.find(Keys.LEFT_OPEN_AFTER);
        Optional<Duration> repeat = section.find(Keys.LEFT_OPEN_REPEAT);
        boolean alarm = section.get(Keys.LEFT_OPEN_ALARM);
        if (type == SensorType.TAMPER && section.has(Keys.LEFT_OPEN_AFTER)) {
            section.report(
                    Keys.LEFT_OPEN_AFTER,
                    "does not go together with type: tamper, whose opening is told as such; remove it");
        }
        if (after.isEmpty() && !section.isBroken(Keys.LEFT_OPEN_AFTER)) {
            for (Key<?> key : List.of(Keys.LEFT_OPEN_REPEAT, Keys.LEFT_OPEN_ALARM)) {
                if (section.has(key)) {
                    section.report(key, "has no effect without after; add after: 10m, or remove it");
                }
            }
        }
        return after.map(time -> new LeftOpen(time, repeat.orElse(null), alarm)).orElse(null);
    }

    private static String nameFrom(String id) {
        String words = id.replace('_', ' ').replace('-', ' ').strip();
        return words.isEmpty() ? id : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
