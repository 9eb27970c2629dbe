package io.github.reedgate.contact;

/** Where the door is, as the contact tells it. */
public enum Position {
    /** The magnet is away: the door is open, the housing tampered with. */
    OPEN,
    /** The magnet is near: the door is closed, the housing is shut. */
    CLOSED;

    /** The other position. */
    public Position other() {
        return this == OPEN ? CLOSED : OPEN;
    }
}
