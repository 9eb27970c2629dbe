package io.github.reedgate.notice;

import java.util.Locale;

/** What a notification of an alarm offers to press. */
public enum Button {
    /** Whoever presses it knows of the alarm. */
    ACKNOWLEDGE("Acknowledge"),
    /** Ends the alarm and disarms, without a code. */
    DISARM("Disarm");

    private final String label;

    Button(String label) {
        this.label = label;
    }

    /** What stands on it. */
    public String label() {
        return label;
    }

    /** Its name in what it sends. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
