package io.github.reedgate.contact;

/** Whether a sensor can be trusted; the order is the order of severity. */
public enum Health {
    /** It can. */
    OK,
    /** Too many edges or changes a minute: a loose wire, a worn reed, interference. */
    CHATTERING,
    /** It has not come to rest for ten seconds or longer. */
    STUCK,
    /** The line cannot be read, or moved without telling. */
    FAULT
}
