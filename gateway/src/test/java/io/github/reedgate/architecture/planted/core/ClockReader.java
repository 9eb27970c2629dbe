package io.github.reedgate.architecture.planted.core;

/** Reads the clock in the core. */
public final class ClockReader {

    /** Should be an argument. */
    public long read() {
        return System.nanoTime();
    }
}
