package io.github.reedgate.alarm;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the panel wants told. Immutable. */
public sealed interface PanelEffect {

    /**
     * The exit delay begins.
     *
     * @param mode what the panel will be armed for
     * @param delay how long it takes
     * @param bypassed ids of the sensors left out then
     * @param former the mode that is watched meanwhile, or null if none is
     * @param by who asked
     */
    record Arming(
            AlarmMode mode,
            Duration delay,
            List<String> bypassed,
            @Nullable AlarmMode former,
            String by) implements PanelEffect {}

    /**
     * The panel is armed.
     *
     * @param mode what for
     * @param bypassed ids of the sensors left out
     * @param by who armed it without an exit delay, or null if a delay or an alarm is over
     */
    record Armed(
            AlarmMode mode, List<String> bypassed, @Nullable String by) implements PanelEffect {}

    /**
     * The panel is disarmed.
     *
     * @param by who disarmed it, or null if an alarm is over
     * @param incident id of the incident that ends with it, or null
     */
    record Disarmed(@Nullable String by, @Nullable String incident) implements PanelEffect {}

    /**
     * The panel can't be armed.
     *
     * @param mode what it should have been armed for
     * @param reason why, and what stands in the way
     * @param stays the mode that it is armed for nevertheless, as before; or null if it is disarmed
     * @param by who asked, or null if it was found out after the exit delay had begun
     */
    record ArmRefused(
            AlarmMode mode,
            PanelAnswer.Refused reason,
            @Nullable AlarmMode stays,
            @Nullable String by) implements PanelEffect {}

    /** The entry delay begins. */
    record Pending(String incident, String sensor, Duration delay) implements PanelEffect {}

    /**
     * The alarm is raised; once in each incident.
     *
     * @param incident its id
     * @param sensor the sensor that opened, or can't be trusted; the first one, if the entry delay is over
     * @param delayOver whether it is raised because the entry delay is over
     */
    record Triggered(String incident, String sensor, boolean delayOver) implements PanelEffect {}

    /**
     * One more sensor opened, or can't be trusted, in an incident.
     *
     * @param incident its id
     * @param sensor the sensor
     * @param raised whether the alarm is raised already
     */
    record Joined(String incident, String sensor, boolean raised) implements PanelEffect {}

    /** Somebody knows of the incident. */
    record Acknowledged(String incident, String by) implements PanelEffect {}

    /** An incident that nobody has acknowledged yet is told again. */
    record Repeated(String incident, List<String> sensors) implements PanelEffect {}

    /**
     * A sensor was found open at the start that was closed before, and would have raised the alarm.
     *
     * @param sensor the sensor
     * @param bypassed whether it is left out from now on
     */
    record FoundOpen(String sensor, boolean bypassed) implements PanelEffect {}

    /** The answer to a command; comes last. */
    record Answered(PanelAnswer answer) implements PanelEffect {}
}
