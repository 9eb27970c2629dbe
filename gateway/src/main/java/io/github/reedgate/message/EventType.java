package io.github.reedgate.message;

import java.util.Locale;

/** What an event on the event topic can be; the word sent is the name in lower case. */
public enum EventType {
    /** A contact opened. */
    OPENED,
    /** A contact closed. */
    CLOSED,
    /** A tamper contact opened. */
    TAMPERED,
    /** A tamper contact closed. */
    TAMPER_CLEARED,
    /** One or more pulses too short to be a move. */
    GLITCH,
    /** A sensor can't be trusted. */
    SENSOR_FAULT,
    /** A sensor can be trusted again. */
    SENSOR_OK,
    /** A command was refused and did nothing. */
    COMMAND_REFUSED,
    /** A command was given with the code for those who are forced; it was carried out. */
    DURESS,
    /** The gateway started. */
    STARTED,
    /** The gateway stops because it was told to. */
    STOPPING,
    /** The connection to the broker was lost. */
    LINK_LOST,
    /** The connection to the broker is back. */
    LINK_RESTORED,
    /** The wall clock was set, or is known to be right from now on. */
    CLOCK_CORRECTED,
    /** Events can't be kept on disk: they are held in memory and would not outlive a power cut. */
    STORE_FAULT,
    /** Events are kept on disk again. */
    STORE_OK,
    /** Something in the program failed that never should; it goes on, without what the failure cost. */
    GATEWAY_FAULT,
    /** Something was dropped because a bound was reached. */
    OVERFLOW,
    /** A test that somebody asked for. */
    TEST;

    /** The word sent. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
