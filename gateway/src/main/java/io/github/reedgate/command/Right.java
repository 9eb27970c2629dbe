package io.github.reedgate.command;

import java.util.Locale;

/** What a user may do; the word in the users file is the name in lower case. */
public enum Right {
    /** Arm in any mode. */
    ARM,
    /** Disarm. */
    DISARM,
    /** Acknowledge an alarm. */
    ACKNOWLEDGE;

    /** The word in the users file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
