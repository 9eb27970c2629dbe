package io.github.reedgate.command;

/** What a command that needs proof may have for it. */
public enum Accepted {
    /** A code. */
    CODE,
    /** A signature; codes are not even looked at. */
    SIGNED,
    /** Either. */
    BOTH
}
