package io.github.reedgate.config;

import io.github.reedgate.alarm.AlarmMode;
import io.github.reedgate.alarm.PanelSensor;
import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.alarm.Reaction;
import io.github.reedgate.command.Policy;
import io.github.reedgate.contact.SensorType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the {@code alarm} section, and what sensors say for it. Owned by one reading; not for use by several threads. */
final class PanelReader {

    /** The section's name. */
    static final String ALARM = "alarm";

    private final Section top;
    private final @Nullable Section section;

    /** Reads the section of this one, if there is one. */
    PanelReader(Section top) {
        this.top = top;
        this.section = top.names().contains(ALARM) ? top.section(ALARM) : null;
    }

    /** The panel; empty if there is none. Meaningless if something was reported. */
    Optional<PanelSettings> read(List<PanelSensor> sensors) {
        Section alarm = section;
        if (alarm == null) {
            return Optional.empty();
        }
        Map<AlarmMode, PanelSettings.Delays> delays = new EnumMap<>(AlarmMode.class);
        Section home = alarm.section("home");
        delays.put(
                AlarmMode.HOME,
                new PanelSettings.Delays(home.get(PanelKeys.HOME_EXIT), home.get(PanelKeys.HOME_ENTRY)));
        Section away = alarm.section("away");
        delays.put(
                AlarmMode.AWAY,
                new PanelSettings.Delays(away.get(PanelKeys.AWAY_EXIT), away.get(PanelKeys.AWAY_ENTRY)));
        Section night = alarm.section("night");
        delays.put(
                AlarmMode.NIGHT,
                new PanelSettings.Delays(night.get(PanelKeys.NIGHT_EXIT), night.get(PanelKeys.NIGHT_ENTRY)));
        PanelSettings settings = new PanelSettings(
                sensors,
                delays,
                alarm.get(PanelKeys.SIREN_TIME),
                alarm.get(PanelKeys.AFTER),
                alarm.get(PanelKeys.REPEAT),
                new PanelSettings.Restart(alarm.get(PanelKeys.DOWNTIME), alarm.get(PanelKeys.AT_BOOT)));
        if (settings.modes().isEmpty() && !sensors.isEmpty()) {
            top.report(ALARM, "no sensor counts in any mode; allowed: at least one sensor whose modes are not none");
        }
        return Optional.of(settings);
    }

    /** Which commands need what proof. */
    Policy commands() {
        Section alarm = section;
        if (alarm == null) {
            return Policy.STRICT;
        }
        return new Policy(alarm.get(PanelKeys.CODE_ARM_REQUIRED), true, alarm.get(PanelKeys.COMMANDS));
    }

    /** What a sensor says for the panel. */
    static PanelSensor sensor(String id, SensorType type, Section section) {
        Reaction reaction = section.find(PanelKeys.REACTION).orElse(usual(type));
        if (reaction == Reaction.ALWAYS && section.has(PanelKeys.MODES)) {
            section.report(
                    PanelKeys.MODES,
                    "does not go together with reaction: always, which counts in every mode; remove it");
        }
        return new PanelSensor(
                id,
                section.get(PanelKeys.MODES),
                reaction,
                section.get(PanelKeys.BYPASS),
                section.get(PanelKeys.ARM_ON_CLOSE));
    }

    private static Reaction usual(SensorType type) {
        return switch (type) {
            case DOOR, GARAGE_DOOR -> Reaction.DELAYED;
            case WINDOW, OPENING -> Reaction.INSTANT;
            case TAMPER -> Reaction.ALWAYS;
        };
    }

    /** Reports what a sensor says for a panel that is not there. */
    static void refuse(Section section) {
        for (Key<?> key : PanelKeys.OF_SENSORS) {
            if (section.has(key)) {
                section.report(key, "is for an alarm panel, and there is none; add an alarm section, or remove it");
            }
        }
    }
}
