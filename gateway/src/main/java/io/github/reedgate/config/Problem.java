package io.github.reedgate.config;

/**
 * One thing that is wrong with a configuration file. Immutable; holds no secret.
 *
 * @param file the file as it was named
 * @param line where, 1 for the first line; 0 if it is about the file as a whole
 * @param column where in the line, in characters, 1 for the first; 0 if {@code line} is
 * @param text what is wrong, what is allowed and how to mend it; one line
 */
public record Problem(String file, int line, int column, String text) {

    /** {@code FILE:LINE:COLUMN: text}, the form that editors and terminals make clickable. */
    @Override
    public String toString() {
        return line == 0 ? file + ": " + text : file + ":" + line + ":" + column + ": " + text;
    }
}
