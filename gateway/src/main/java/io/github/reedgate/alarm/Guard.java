package io.github.reedgate.alarm;

/** A condition of a row of the table; {@link PanelLook#holds} says whether it holds. */
enum Guard {
    /** None. */
    ANY(""),
    /** It is in that mode, or on the way to it, already. */
    SAME_MODE("in that mode already"),
    /** It is the mode from which the panel is being armed for another. */
    FORMER_MODE("that is the mode before"),
    /** It can't be armed. */
    IN_THE_WAY("something is in the way"),
    /** The mode asked for has an exit delay. */
    EXIT_DELAY("the mode has an exit delay"),
    /** All that counts is closed, or may be left out by itself. */
    READY("all is closed"),
    /** It was armed when the exit delay began. */
    FORMER("armed before"),
    /** There is an incident. */
    INCIDENT("there is an incident"),
    /** The alarm was raised and nobody has acknowledged it. */
    UNACKNOWLEDGED("an alarm is not acknowledged"),
    /** The sensor is always watched. */
    ALWAYS("it is always watched"),
    /** The sensor counts and is no exit route. */
    INSTANT("it counts and is instant"),
    /** The sensor must not open while people leave. */
    INTERRUPTS("it will count, is instant, bypass is not automatic"),
    /** The same, and the panel was armed when the exit delay began. */
    INTERRUPTS_CHANGE("the same, and it was armed before"),
    /** The sensor is watched, and starts the entry delay. */
    ENTRY_DELAY("it counts, is delayed, and there is an entry delay"),
    /** The sensor counts, or is always watched. */
    WATCHED("it is watched"),
    /** The sensor is watched and not yet part of the incident. */
    NEW("it is watched and new in the incident"),
    /** The sensor that closed ends the exit delay. */
    LAST_DOOR("it ends the exit delay, and all is closed"),
    /** What is found open is left out. */
    FOUND_BYPASS("it is watched, at_boot: bypass"),
    /** An alarm that is over leaves the panel armed. */
    REARMS("armed before, after: rearm");

    private final String words;

    Guard(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
