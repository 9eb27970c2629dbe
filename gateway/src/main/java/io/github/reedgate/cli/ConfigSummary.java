package io.github.reedgate.cli;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.config.Config;
import io.github.reedgate.config.Problem;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.contact.SensorType;
import io.github.reedgate.contact.TamperLoop;
import io.github.reedgate.contact.Trouble;
import io.github.reedgate.contact.TroublePolicy;
import io.github.reedgate.line.Level;
import io.github.reedgate.line.Pull;
import io.github.reedgate.link.BrokerSettings;
import io.github.reedgate.message.Topics;
import io.github.reedgate.notice.NoticeGroup;
import io.github.reedgate.notify.NotifyTarget;
import io.github.reedgate.output.Output;
import io.github.reedgate.output.OutputType;
import io.github.reedgate.setup.HeaderPin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a configuration means, for people and for programs. Immutable; holds no secret.
 *
 * @param file the file as it was named
 * @param config what was read
 * @param warnings what else there is to say
 */
record ConfigSummary(String file, Config config, List<String> warnings) {

    /** The column in which the values before the tables begin. */
    private static final int VALUES_INDENT = 9;

    /** Copies the list. */
    ConfigSummary {
        warnings = List.copyOf(warnings);
    }

    /**
     * For people, without warnings.
     *
     * @param columns how wide the lines may be; {@link Integer#MAX_VALUE} for no limit
     */
    List<String> lines(int columns) {
        BrokerSettings broker = config.broker();
        List<String> lines = new ArrayList<>();
        List<String> tables = new ArrayList<>();
        lines.add(file + " is valid");
        lines.add("");
        lines.add("gateway  " + config.gatewayId() + ", \"" + config.gatewayName() + "\"");
        lines.add("broker   " + broker.url() + " as client " + broker.clientId()
                + broker.user().map(user -> ", user " + user).orElse("")
                + (broker.usesTls() ? "" : ", not encrypted"));
        lines.add("topics   " + root() + "/...");
        lines.add("state    " + config.stateDir());
        lines.add("lines    " + provider() + ", all levels read every "
                + config.gpio().reconcile().toMillis() + " ms");
        config.targets()
                .forEach(target -> lines.add(
                        "notify   " + target.id() + ": " + target.kind().word() + " at "
                                + target.access().place() + ", " + groups(target) + times(target)));
        tables.add("");
        tables.add("sensors");
        tables.addAll(
                Folded.table(config.sensors().stream().map(ConfigSummary::row).toList(), columns));
        PanelSettings panel = config.panel();
        if (panel != null) {
            tables.add("");
            tables.addAll(new PanelSummary(panel).lines(columns));
        }
        if (!config.outputs().isEmpty()) {
            tables.add("");
            tables.add("outputs");
            tables.addAll(Folded.table(
                    config.outputs().stream().map(ConfigSummary::row).toList(), columns));
        }
        return Stream.concat(
                        lines.stream().flatMap(line -> Folded.lines(line, columns, VALUES_INDENT).stream()),
                        tables.stream())
                .toList();
    }

    private static String groups(NotifyTarget target) {
        return Arrays.stream(NoticeGroup.values())
                .filter(target.rules().groups()::contains)
                .map(NoticeGroup::word)
                .collect(Collectors.joining(", "));
    }

    private static String times(NotifyTarget target) {
        Duration after = target.rules().after();
        Duration repeat = target.rules().repeat();
        return (after.isZero() ? "" : ", after " + Durations.text(after) + " unacknowledged")
                + (repeat.isZero() ? "" : ", again every " + Durations.text(repeat));
    }

    private static List<String> row(Sensor sensor) {
        SensorType type = sensor.type();
        return List.of(
                sensor.id(),
                lower(type),
                "line " + sensor.line().offset() + pin(sensor.line().offset()),
                (sensor.wiring().normallyOpen() ? "normally open" : "normally closed") + ", " + pull(sensor),
                type.closedWord() + " = " + level(sensor, Position.CLOSED) + ", " + type.openWord() + " = "
                        + level(sensor, Position.OPEN),
                "alarm " + lower(sensor.alarm()) + loop(sensor) + troubles(sensor),
                "\"" + sensor.name() + "\"");
    }

    private static String loop(Sensor sensor) {
        TamperLoop loop = sensor.loop();
        return loop == null
                ? ""
                : ", " + lower(loop.kind()) + " at line " + loop.line().offset()
                        + pin(loop.line().offset());
    }

    /** The policies that are not the usual ones. */
    private static String troubles(Sensor sensor) {
        return Arrays.stream(Trouble.values())
                .filter(trouble -> sensor.troubles().of(trouble) != TroublePolicy.DEFAULT.of(trouble))
                .map(trouble ->
                        ", " + lower(trouble) + ": " + lower(sensor.troubles().of(trouble)))
                .collect(Collectors.joining());
    }

    private static List<String> row(Output output) {
        return List.of(
                output.id(),
                lower(output.type()),
                "line " + output.line() + pin(output.line()),
                "off = " + output.level(false) + ", on = " + output.level(true),
                output.type() == OutputType.LED ? "" : "for alarms of " + modes(output) + until(output));
    }

    private static String modes(Output output) {
        List<String> words = Arrays.stream(AlarmMode.values())
                .filter(output.modes()::contains)
                .map(AlarmMode::word)
                .toList();
        return words.isEmpty() ? "no mode" : String.join(", ", words);
    }

    private static String until(Output output) {
        return output.until() == Output.Until.ACKNOWLEDGED ? " until acknowledged" : " for the siren time";
    }

    private static String pin(int line) {
        OptionalInt pin = HeaderPin.of(line);
        return pin.isPresent() ? " (header pin " + pin.getAsInt() + ")" : "";
    }

    private static String pull(Sensor sensor) {
        boolean up = sensor.wiring().openCircuitLevel() == Level.HIGH;
        return (sensor.line().pull() == Pull.NONE ? "external pull-" : "pull-") + (up ? "up" : "down");
    }

    private static String level(Sensor sensor, Position position) {
        return sensor.wiring().level(position).name();
    }

    /** For programs, with the warnings. */
    Map<String, Object> json() {
        BrokerSettings broker = config.broker();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", file);
        json.put("valid", true);
        json.put("errors", List.of());
        json.put("warnings", warnings);
        json.put("gateway", ordered("id", config.gatewayId(), "name", config.gatewayName()));
        Map<String, Object> brokerJson = ordered("url", broker.url().toString(), "client_id", broker.clientId());
        broker.user().ifPresent(user -> brokerJson.put("user", user));
        brokerJson.put("encrypted", broker.usesTls());
        json.put("broker", brokerJson);
        json.put("topics", root());
        json.put("state_dir", config.stateDir().toString());
        json.put("provider", provider());
        json.put("notify", config.targets().stream().map(ConfigSummary::json).toList());
        json.put("sensors", config.sensors().stream().map(ConfigSummary::json).toList());
        PanelSettings panel = config.panel();
        if (panel != null) {
            json.put("alarm", new PanelSummary(panel).json());
        }
        json.put("outputs", config.outputs().stream().map(ConfigSummary::json).toList());
        return json;
    }

    private static Map<String, Object> json(NotifyTarget target) {
        Map<String, Object> json =
                ordered("id", target.id(), "type", target.kind().word());
        json.put("server", target.access().place());
        json.put("events", groups(target));
        json.put("after_s", target.rules().after().toSeconds());
        json.put("repeat_s", target.rules().repeat().toSeconds());
        return json;
    }

    private static Map<String, Object> json(Sensor sensor) {
        Map<String, Object> json = ordered("id", sensor.id(), "name", sensor.name());
        json.put("type", lower(sensor.type()));
        json.put("line", sensor.line().offset());
        HeaderPin.of(sensor.line().offset()).ifPresent(pin -> json.put("header_pin", pin));
        json.put("contact", sensor.wiring().normallyOpen() ? "normally_open" : "normally_closed");
        json.put("pull", lower(sensor.line().pull()));
        json.put("level_when_closed", level(sensor, Position.CLOSED));
        json.put("level_when_open", level(sensor, Position.OPEN));
        json.put("alarm", lower(sensor.alarm()));
        Map<String, Object> troubles = new LinkedHashMap<>();
        for (Trouble trouble : Trouble.values()) {
            troubles.put(lower(trouble), lower(sensor.troubles().of(trouble)));
        }
        json.put("trouble", troubles);
        TamperLoop loop = sensor.loop();
        if (loop != null) {
            json.put("loop", ordered("line", loop.line().offset(), "kind", lower(loop.kind())));
        }
        return json;
    }

    private static Map<String, Object> json(Output output) {
        Map<String, Object> json = ordered("id", output.id(), "type", lower(output.type()));
        json.put("line", output.line());
        HeaderPin.of(output.line()).ifPresent(pin -> json.put("header_pin", pin));
        json.put("level_when_off", output.level(false).name());
        json.put("level_when_on", output.level(true).name());
        if (output.type() != OutputType.LED) {
            json.put(
                    "modes",
                    output.modes().stream().sorted().map(AlarmMode::word).toList());
            json.put("until", output.until().word());
        }
        return json;
    }

    /** For programs, of a file that is not valid. */
    static Map<String, Object> json(String file, List<Problem> problems) {
        Map<String, Object> json = ordered("file", file, "valid", false);
        json.put("errors", problems.stream().map(ConfigSummary::json).toList());
        json.put("warnings", List.of());
        return json;
    }

    private static Map<String, Object> json(Problem problem) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (problem.line() > 0) {
            json.put("line", problem.line());
            json.put("column", problem.column());
        }
        json.put("text", problem.text());
        return json;
    }

    private static Map<String, Object> ordered(String firstKey, Object first, String secondKey, Object second) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(firstKey, first);
        json.put(secondKey, second);
        return json;
    }

    private String root() {
        return Topics.of(config.topicPrefix(), config.gatewayId()).root();
    }

    private String provider() {
        return lower(config.gpio().provider());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
