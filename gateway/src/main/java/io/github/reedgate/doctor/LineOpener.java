package io.github.reedgate.doctor;

import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSource;

/** Makes a source of lines that nothing is requested from yet. */
@FunctionalInterface
public interface LineOpener {

    /**
     * A new one; the caller closes it.
     *
     * @throws LineException if the GPIO library does not start
     */
    LineSource open() throws LineException;
}
