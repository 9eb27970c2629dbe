package io.github.reedgate.line;

/** The bias of a GPIO input line: the resistor inside the Pi that gives an open circuit a defined level. */
public enum Pull {
    /** To the supply: an open circuit reads {@link Level#HIGH}. */
    UP,
    /** To ground: an open circuit reads {@link Level#LOW}. */
    DOWN,
    /** No resistor inside the Pi; one outside it is needed. */
    NONE
}
