package io.github.reedgate.output;

import java.util.Locale;

/** What is connected to an output. */
public enum OutputType {
    /** Sounds while an alarm lasts. */
    SIREN,
    /** A lamp that shows that there is or was an alarm. */
    STROBE,
    /** A small lamp that shows by its pattern how panel and gateway are. */
    LED;

    /** The word used in configuration and messages: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
