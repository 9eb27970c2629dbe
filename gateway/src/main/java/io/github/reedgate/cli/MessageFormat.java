package io.github.reedgate.cli;

/** How {@code watch} writes a message. */
@FunctionalInterface
interface MessageFormat {

    /** The message on one line without line end, whatever is in it. */
    String line(Received message);
}
