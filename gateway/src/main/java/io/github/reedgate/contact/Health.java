package io.github.reedgate.contact;

import java.util.Locale;

/** Whether a sensor can be trusted; the order is the order of severity. */
public enum Health {
    /** It can. */
    OK,
    /** Too many edges or changes a minute: a loose wire, a worn reed, interference. */
    CHATTERING,
    /** It has not come to rest for ten seconds or longer. */
    STUCK,
    /** The line cannot be read, or moved without telling. */
    FAULT;

    /** The word for it, as subscribers get it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
