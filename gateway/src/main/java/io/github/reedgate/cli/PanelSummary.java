package io.github.reedgate.cli;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelSensor;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.alarm.Reaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the settings of an alarm panel mean, for people and for programs. Immutable.
 *
 * @param panel the settings
 */
record PanelSummary(PanelSettings panel) {

    private static final int REST_INDENT = 4;

    /** The panel in a line or two, a row for each mode that can be armed, and one for the sensors that always count. */
    List<String> lines(int columns) {
        List<String> lines = new ArrayList<>();
        lines.add("alarm panel");
        List<List<String>> rows = new ArrayList<>();
        for (AlarmMode mode : panel.modes()) {
            PanelSettings.Delays delays = panel.of(mode);
            rows.add(List.of(
                    mode.word(), "exit " + length(delays.exit()), "entry " + length(delays.entry()), counting(mode)));
        }
        String always = panel.sensors().stream()
                .filter(PanelSummary::isAlways)
                .map(PanelSensor::id)
                .collect(Collectors.joining(", "));
        if (!always.isEmpty()) {
            rows.add(List.of("always", "", "", always));
        }
        lines.addAll(Folded.table(rows, columns));
        List<String> rest = new ArrayList<>();
        rest.add("  siren time " + length(panel.sirenTime()) + ", then "
                + (panel.after() == PanelSettings.After.REARM ? "armed again" : "disarmed")
                + (panel.repeat().isZero() ? "" : "; told every " + length(panel.repeat()) + " until acknowledged"));
        rest.add("  found open at the start: " + lower(panel.restart().atBoot()) + "; delays while down: "
                + lower(panel.restart().downtime()));
        String left = panel.sensors().stream()
                .filter(sensor -> sensor.bypass() != PanelSensor.Bypass.ASKED)
                .map(sensor -> sensor.id() + " " + lower(sensor.bypass()))
                .collect(Collectors.joining(", "));
        if (!left.isEmpty()) {
            rest.add("  left out: " + left + "; else if asked");
        }
        rest.forEach(line -> lines.addAll(Folded.lines(line, columns, REST_INDENT)));
        return lines;
    }

    private String counting(AlarmMode mode) {
        return panel.sensors().stream()
                .filter(sensor -> !isAlways(sensor) && sensor.modes().contains(mode))
                .map(sensor -> sensor.id() + " " + lower(sensor.reaction())
                        + (sensor.armOnClose() ? " and arms on closing" : ""))
                .collect(Collectors.joining(", "));
    }

    /** For programs. */
    Map<String, Object> json() {
        Map<String, Object> modes = new LinkedHashMap<>();
        for (AlarmMode mode : panel.modes()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("exit_s", panel.of(mode).exit().toSeconds());
            json.put("entry_s", panel.of(mode).entry().toSeconds());
            modes.put(mode.word(), json);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("modes", modes);
        json.put("siren_time_s", panel.sirenTime().toSeconds());
        json.put("after", lower(panel.after()));
        json.put("repeat_s", panel.repeat().toSeconds());
        json.put("at_boot", lower(panel.restart().atBoot()));
        json.put("downtime", lower(panel.restart().downtime()));
        json.put("sensors", panel.sensors().stream().map(PanelSummary::json).toList());
        return json;
    }

    private static Map<String, Object> json(PanelSensor sensor) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", sensor.id());
        json.put("reaction", lower(sensor.reaction()));
        if (!isAlways(sensor)) {
            json.put(
                    "modes",
                    sensor.modes().stream().sorted().map(AlarmMode::word).toList());
        }
        json.put("bypass", lower(sensor.bypass()));
        json.put("arm_on_close", sensor.armOnClose());
        return json;
    }

    private static boolean isAlways(PanelSensor sensor) {
        return sensor.reaction() == Reaction.ALWAYS;
    }

    private static String length(Duration length) {
        return length.isZero() ? "none" : Durations.text(length);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
