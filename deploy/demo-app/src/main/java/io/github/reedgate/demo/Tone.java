package io.github.reedgate.demo;

/** What a text means to who looks at it; a terminal with colours shows it by one. */
enum Tone {
    /** Nothing special. */
    PLAIN,
    /** What happened in the house, or a title. */
    BOLD,
    /** Beside the point. */
    DIM,
    /** All is well. */
    GOOD,
    /** Something moved, and nobody need worry: a door that opens while the panel is disarmed. */
    CALM,
    /** To be watched: armed, no broker. */
    WATCH,
    /** An alarm, or a fault. */
    ALARM
}
