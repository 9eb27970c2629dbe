package io.github.reedgate.alarm;

/** The panel's states as the table sees them: the three armed ones are one. */
enum Phase {
    /** Not armed. */
    DISARMED("disarmed"),
    /** The exit delay runs. */
    ARMING("arming"),
    /** Armed for whatever mode. */
    ARMED("armed"),
    /** The entry delay runs. */
    PENDING("pending"),
    /** The alarm lasts. */
    TRIGGERED("triggered");

    private final String word;

    Phase(String word) {
        this.word = word;
    }

    static Phase of(AlarmState state) {
        return state.isArmed() ? ARMED : valueOf(state.name());
    }

    String word() {
        return word;
    }
}
