package io.github.reedgate.event;

/** How much an event matters. If there is no room for all, routine events are dropped first, of each kind the oldest. */
public enum Priority {
    /** Dropped first. */
    ROUTINE,
    /** Dropped last. It has no line of its own on the alarm topic. */
    IMPORTANT,
    /** Dropped last. It has a line on the alarm topic. */
    ALARM
}
