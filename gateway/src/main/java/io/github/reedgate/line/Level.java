package io.github.reedgate.line;

/** The electrical level of a GPIO line. */
public enum Level {
    /** Near ground. */
    LOW,
    /** Near the supply. */
    HIGH;

    /** The other level. */
    public Level inverted() {
        return this == LOW ? HIGH : LOW;
    }
}
