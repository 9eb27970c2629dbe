package io.github.reedgate.message;

/** Which messages are kept longest when there is no room for all. */
public enum Importance {
    /** Dropped first, the oldest before the others. */
    ROUTINE,
    /** Alarms and the events behind them: dropped only when nothing else is left. */
    ALARM
}
