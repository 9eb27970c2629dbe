package io.github.reedgate.alarm;

import java.util.Locale;

/** What the panel can be armed for. */
public enum AlarmMode {
    /** Somebody is at home. */
    HOME(AlarmState.ARMED_HOME),
    /** Nobody is at home. */
    AWAY(AlarmState.ARMED_AWAY),
    /** Everybody sleeps. */
    NIGHT(AlarmState.ARMED_NIGHT);

    private final AlarmState armed;

    AlarmMode(AlarmState armed) {
        this.armed = armed;
    }

    /** The state of a panel that is armed in this mode. */
    public AlarmState armed() {
        return armed;
    }

    /** The word used in configuration and payloads: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
