package io.github.reedgate.sim;

/** The electrical level of a simulated GPIO line. */
public enum LineLevel {
    /** Near ground. */
    LOW,
    /** Near the supply. */
    HIGH;

    /** The other level. */
    public LineLevel inverted() {
        return this == LOW ? HIGH : LOW;
    }
}
