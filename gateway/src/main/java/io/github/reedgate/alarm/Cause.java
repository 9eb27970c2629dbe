package io.github.reedgate.alarm;

/** What may make the panel change. */
enum Cause {
    /** The command to arm. */
    ARM("arm"),
    /** The command to disarm. */
    DISARM("disarm"),
    /** The command to acknowledge. */
    ACKNOWLEDGE("acknowledge"),
    /** A sensor opened. */
    OPENED("a sensor opens"),
    /** A sensor closed. */
    CLOSED("a sensor closes"),
    /** A sensor whose trouble is an alarm can't be trusted any more. */
    TROUBLED("trouble with a sensor, which is to alarm"),
    /** A sensor was found open at the start that was closed before. */
    FOUND_OPEN("found open at the start"),
    /** The delay that runs is over. */
    DELAY_OVER("the delay is over"),
    /** An incident is to be told again. */
    REPEAT_DUE("a repeat is due");

    private final String words;

    Cause(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
