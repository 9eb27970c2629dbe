package io.github.reedgate.sim.scenario;

/**
 * Something wrong in a scenario's text. Immutable.
 *
 * @param line line number, from 1
 * @param column column of the word's first character, from 1
 * @param message what is wrong and what was expected
 */
public record Mistake(int line, int column, String message) {

    /** {@code line 3, column 8: …}. */
    @Override
    public String toString() {
        return "line " + line + ", column " + column + ": " + message;
    }
}
