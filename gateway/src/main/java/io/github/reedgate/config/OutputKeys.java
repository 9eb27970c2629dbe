package io.github.reedgate.config;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.line.Level;
import io.github.reedgate.output.Output.Until;
import io.github.reedgate.output.OutputType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of the outputs: a part of the table of {@link Keys}. */
final class OutputKeys {

    static final Key<OutputType> TYPE =
            Key.required("outputs.<id>.type", WordType.of(OutputType.values()), "What is connected.");
    static final Key<Integer> LINE = Key.required(
            "outputs.<id>.line",
            new NumberType(0, 53, "the BCM number, not the header pin"),
            "The GPIO line that switches it; no sensor and no other output has it.");
    static final Key<Level> ACTIVE = Key.withDefault(
            "outputs.<id>.active",
            WordType.of(Level.HIGH, Level.LOW)
                    .guessing(Map.of("1", "high", "true", "high", "0", "low", "false", "low")),
            "high",
            "The level at which it is on; the other one switches it off.");
    static final Key<Set<AlarmMode>> MODES = Key.withDefault(
            "outputs.<id>.modes",
            new ModesType(),
            "home, away, night",
            "The modes whose alarms it tells; an alarm while disarmed it tells in any case. Not for an led.");
    static final Key<Until> UNTIL = Key.optional(
            "outputs.<id>.until",
            WordType.of(Until.values()),
            "acknowledged",
            "How long a strobe tells an alarm; a siren is always bound to the siren time.");

    /** All of them, in the order of the documentation. */
    static final List<Key<?>> ALL = List.of(TYPE, LINE, ACTIVE, MODES, UNTIL);

    private OutputKeys() {}
}
