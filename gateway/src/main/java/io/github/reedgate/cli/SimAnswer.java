package io.github.reedgate.cli;

import java.util.List;

/**
 * What the simulator answered. Immutable.
 *
 * @param ok whether it did what was asked
 * @param text its first line, without {@code ok} or {@code error}
 * @param body its further lines; may be empty
 */
record SimAnswer(boolean ok, String text, List<String> body) {

    /** Copies the body. */
    SimAnswer {
        body = List.copyOf(body);
    }
}
