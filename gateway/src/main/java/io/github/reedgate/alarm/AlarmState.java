package io.github.reedgate.alarm;

import java.util.Locale;

/** The state of the panel; the words are those of Home Assistant. */
public enum AlarmState {
    /** Nothing is watched but what is always watched. */
    DISARMED,
    /** The exit delay runs. */
    ARMING,
    /** Armed while somebody is at home. */
    ARMED_HOME,
    /** Armed while nobody is at home. */
    ARMED_AWAY,
    /** Armed for the night. */
    ARMED_NIGHT,
    /** A sensor was set off and the entry delay runs. */
    PENDING,
    /** The alarm is raised and the siren time runs. */
    TRIGGERED;

    /** The word published: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True while an incident is under way: the entry delay or the siren time runs. */
    public boolean isAlarm() {
        return this == PENDING || this == TRIGGERED;
    }

    /** True for the three armed states. */
    public boolean isArmed() {
        return this == ARMED_HOME || this == ARMED_AWAY || this == ARMED_NIGHT;
    }
}
