package io.github.reedgate.cli;

/** The time between two looks at something that may have changed. */
@FunctionalInterface
public interface Pause {

    /** Waits until it is time to look again; false if there is nothing more to look for. */
    boolean next() throws InterruptedException;
}
