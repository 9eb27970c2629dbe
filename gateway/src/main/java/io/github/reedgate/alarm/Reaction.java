package io.github.reedgate.alarm;

/** What a sensor that opens does to a panel that is armed in one of its modes. */
public enum Reaction {
    /** Raises the alarm at once; may not open during the exit delay either. */
    INSTANT,
    /** Begins the entry delay; may be open during the exit delay. */
    DELAYED,
    /** Like delayed while an entry or exit delay runs, else like instant: the hall behind the front door. */
    FOLLOWER,
    /** Raises the alarm at once whatever the panel's state, also while disarmed: tamper, panic. */
    ALWAYS;

    /** True for what people pass on their way out. */
    boolean isExitRoute() {
        return this == DELAYED || this == FOLLOWER;
    }
}
