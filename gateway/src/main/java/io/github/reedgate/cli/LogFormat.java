package io.github.reedgate.cli;

import io.github.reedgate.event.LogRow;
import java.util.List;
import java.util.Optional;

/** How {@code log} writes events. Used by one thread. */
interface LogFormat {

    /** Looks at events that will be written next, and may choose the width of columns by them. */
    default void prepare(List<LogRow> events) {
        // Most formats have no columns.
    }

    /** What stands above the first event, with its line end; may be empty. */
    default String head() {
        return "";
    }

    /** An event with its line end: one line, whatever is in it. */
    String line(LogRow event);

    /** What a reader has to be told of a sign in the line, if it has one; the same sentence for the same sign. */
    default Optional<String> explanation(LogRow event) {
        return Optional.empty();
    }
}
