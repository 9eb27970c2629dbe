package io.github.reedgate.sim;

/** What is wrong with a simulated switch. */
public enum Fault {
    /** Nothing: the contact follows the door. */
    NONE,
    /** The contact does not follow the door; the level stays whatever the door does. */
    STUCK,
    /** A bad joint: every few seconds the contact is interrupted as {@link BounceModel#LOOSE} does it. */
    INTERMITTENT
}
