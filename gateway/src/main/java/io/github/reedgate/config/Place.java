package io.github.reedgate.config;

/** A line and a column that move on as characters are passed. Mutable, owned by one reading. */
final class Place {

    private int line = 1;
    private int column = 1;
    private int previous;

    /** Moves past a character; carriage return, line feed and both together end a line. */
    void pass(int codePoint) {
        if (codePoint == '\n' && previous == '\r') {
            column = 1;
        } else if (codePoint == '\n' || codePoint == '\r') {
            line++;
            column = 1;
        } else {
            column++;
        }
        previous = codePoint;
    }

    /** The line, 1 for the first. */
    int line() {
        return line;
    }

    /** The column in characters, 1 for the first. */
    int column() {
        return column;
    }
}
