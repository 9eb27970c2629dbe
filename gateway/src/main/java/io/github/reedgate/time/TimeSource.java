package io.github.reedgate.time;

/** Where the shell takes the time from; the core never sees it. Safe for use by any thread, never blocks. */
@FunctionalInterface
public interface TimeSource {

    /** Reads both clocks now. */
    Timestamp now();
}
