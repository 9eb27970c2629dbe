package io.github.reedgate.alarm;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The panel's settings. Immutable.
 *
 * @param sensors what it knows of each sensor, in the order of the configuration
 * @param delays the delays of each mode; a mode that is missing has none
 * @param sirenTime how long an alarm lasts; longer than 0
 * @param after what follows an alarm that nobody disarmed
 * @param repeat how often an alarm is told until it is acknowledged; 0 for once
 * @param restart what a restart does
 */
public record PanelSettings(
        List<PanelSensor> sensors,
        Map<AlarmMode, Delays> delays,
        Duration sirenTime,
        After after,
        Duration repeat,
        Restart restart) {

    /** Copies the collections. */
    public PanelSettings {
        sensors = List.copyOf(sensors);
        delays = Map.copyOf(delays);
    }

    /**
     * The delays of a mode.
     *
     * @param exit from the command to being armed; 0 for none
     * @param entry from the first delayed sensor to the alarm; 0 for none
     */
    public record Delays(Duration exit, Duration entry) {

        static final Delays NONE = new Delays(Duration.ZERO, Duration.ZERO);
    }

    /** What follows an alarm that nobody disarmed. */
    public enum After {
        /** The panel is armed again; sensors that are still open set nothing off until they have been closed. */
        REARM,
        /** The panel is disarmed. */
        DISARM
    }

    /**
     * What a restart does.
     *
     * @param downtime whether delays run on while the gateway is down
     * @param atBoot what a sensor does that is found open, and was closed when the gateway went down
     */
    public record Restart(Downtime downtime, AtBoot atBoot) {}

    /** Whether delays run on while the gateway is down. */
    public enum Downtime {
        /** They do, as far as the wall clock can be trusted. */
        COUNTS,
        /** They go on where they were. */
        PAUSES
    }

    /** What a watched sensor does that is found open at the start, and was closed before. */
    public enum AtBoot {
        /** As if it had opened now. */
        ALARM,
        /** It is told, and raises no alarm. */
        NOTIFY,
        /** It is told, and left out until the panel is disarmed. */
        BYPASS
    }

    /** The delays of a mode; none if it has none. */
    public Delays of(AlarmMode mode) {
        return delays.getOrDefault(mode, Delays.NONE);
    }

    Optional<PanelSensor> sensor(String id) {
        return sensors.stream().filter(sensor -> sensor.id().equals(id)).findFirst();
    }

    /** The modes in which any sensor counts, in their order; only they can be armed. */
    public List<AlarmMode> modes() {
        return List.of(AlarmMode.values()).stream()
                .filter(mode ->
                        sensors.stream().anyMatch(sensor -> sensor.modes().contains(mode)))
                .toList();
    }
}
