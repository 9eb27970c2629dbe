package io.github.reedgate.config;

import io.github.reedgate.contact.Sensor;
import io.github.reedgate.output.Output;
import io.github.reedgate.output.Output.Until;
import io.github.reedgate.output.OutputType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the {@code outputs} section. Owned by one reading; not for use by several threads. */
final class OutputsReader {

    private static final int MAX_OUTPUTS = 16;
    private static final IdType ID = new IdType();

    private final Section outputs;
    private final boolean hasPanel;
    private final Map<Integer, String> keysByLine = new HashMap<>();

    /**
     * Reads a section.
     *
     * @param hasPanel whether there is an alarm panel for them
     * @param sensors the sensors, whose lines are taken
     */
    OutputsReader(Section outputs, boolean hasPanel, List<Sensor> sensors) {
        this.outputs = outputs;
        this.hasPanel = hasPanel;
        sensors.forEach(sensor -> {
            String key = Section.SENSORS + "." + Shown.value(sensor.id());
            sensor.lines()
                    .forEach(line -> keysByLine.put(
                            line.line().offset(), key + (line.id().equals(sensor.id()) ? ".line" : ".loop.line")));
        });
    }

    /** The outputs in the file's order; meaningless if something was reported. */
    List<Output> read() {
        List<String> ids = outputs.names();
        if (ids.size() > MAX_OUTPUTS) {
            outputs.report(ids.get(MAX_OUTPUTS), "is output " + (MAX_OUTPUTS + 1) + "; allowed: 1 to 16 outputs");
        }
        List<Output> read = new ArrayList<>();
        for (String id : ids) {
            try {
                ID.parse(id);
            } catch (BadValueException e) {
                outputs.report(id, e.sentence(ID.allowed()));
            }
            output(id, outputs.section(id)).ifPresent(read::add);
        }
        return read;
    }

    private Optional<Output> output(String id, Section section) {
        Optional<OutputType> type = section.find(OutputKeys.TYPE);
        Optional<Integer> line = section.find(OutputKeys.LINE);
        line.ifPresent(offset -> checkUnique(id, offset, section));
        type.ifPresent(known -> checkType(known, section));
        var active = section.get(OutputKeys.ACTIVE);
        var modes = section.get(OutputKeys.MODES);
        Optional<Until> until = section.find(OutputKeys.UNTIL);
        if (type.isEmpty() || line.isEmpty()) {
            return Optional.empty();
        }
        Until usual = type.get() == OutputType.SIREN ? Until.SIREN_TIME : Until.ACKNOWLEDGED;
        return Optional.of(new Output(id, type.get(), line.get(), active, modes, until.orElse(usual)));
    }

    private void checkUnique(String id, int line, Section section) {
        String other = keysByLine.putIfAbsent(line, Section.OUTPUTS + "." + Shown.value(id) + ".line");
        if (other != null) {
            section.report(
                    OutputKeys.LINE,
                    "'" + line + "' is taken by " + other + "; allowed: "
                            + OutputKeys.LINE.type().allowed() + ", one that no sensor and no other output has");
        }
    }

    private void checkType(OutputType type, Section section) {
        if (type != OutputType.LED && !hasPanel) {
            section.report(
                    OutputKeys.TYPE,
                    "'" + type.word() + "' tells the alarms of an alarm panel, and there is none; add an alarm section"
                            + " (alarm: {}), or remove the output");
        }
        if (type != OutputType.STROBE && section.has(OutputKeys.UNTIL)) {
            section.report(
                    OutputKeys.UNTIL,
                    "is for a strobe; remove it"
                            + (type == OutputType.SIREN ? ", for a siren is bound to alarm.siren_time" : ""));
        }
        if (type == OutputType.LED && section.has(OutputKeys.MODES)) {
            section.report(OutputKeys.MODES, "is for a siren or a strobe; remove it");
        }
    }
}
