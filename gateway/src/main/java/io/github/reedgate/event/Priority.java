package io.github.reedgate.event;

/** What is dropped first if there is no room for all: of each priority the oldest goes first. */
public enum Priority {
    /** Dropped before alarms. */
    ROUTINE,
    /** Alarms and the events behind them: dropped only if nothing else is left. */
    ALARM
}
