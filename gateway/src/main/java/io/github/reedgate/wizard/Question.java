package io.github.reedgate.wizard;

/** What can be asked. */
public enum Question {
    /** What a later run is to do. */
    TASK,
    /** On this machine or elsewhere. */
    BROKER,
    /** The URL of a broker elsewhere. */
    URL,
    /** Whether a connection without encryption is meant. */
    CLEAR_TEXT,
    /** The user name there. */
    USER,
    /** The password there. */
    PASSWORD,
    /** The file with the broker's own authority. */
    CA,
    /** Where a switch is wired, after nothing could be seen by itself. */
    PLACE,
    /** The name of the door that has moved. */
    NAME,
    /** Which way to a phone. */
    PHONE,
    /** Whether the app has subscribed. */
    SUBSCRIBED,
    /** Whether the phone rang. */
    RANG,
    /** Whether it is to be written. */
    CONFIRM,
    /** Whether a test alarm is sent. */
    ALARM
}
