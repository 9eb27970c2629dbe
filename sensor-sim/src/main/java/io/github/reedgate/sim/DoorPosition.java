package io.github.reedgate.sim;

/** Where a simulated door really is, whatever its contact says. */
public enum DoorPosition {
    /** The magnet is away from the switch. */
    OPEN,
    /** The magnet is at the switch. */
    CLOSED
}
