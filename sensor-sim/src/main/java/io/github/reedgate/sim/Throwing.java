package io.github.reedgate.sim;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a simulated line throws, as a driver with a defect does it. */
public enum Throwing {
    /** Nothing. */
    OFF(false),
    /** Reading the level throws an exception. */
    READ(false),
    /** Reading the level throws an error. */
    READ_ERROR(true),
    /** Whoever is told of an edge finds an exception in it. */
    EDGE(false),
    /** Whoever is told of an edge finds an error in it. */
    EDGE_ERROR(true);

    private final boolean error;

    Throwing(boolean error) {
        this.error = error;
    }

    /** The words of all, in order. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Throwing::word).toList();
    }

    /** The one with that word. */
    public static Optional<Throwing> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** Its word: the name in lower case, with a hyphen. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Whether it strikes who reads the level. */
    public boolean strikesReading() {
        return this == READ || this == READ_ERROR;
    }

    /** Whether it strikes who is told of an edge. */
    public boolean strikesEdges() {
        return this == EDGE || this == EDGE_ERROR;
    }

    /**
     * Throws what it says.
     *
     * @param what what was being done, for the message
     */
    public void strike(String what) {
        String message = what + " fails: the simulator was told to let it";
        if (error) {
            throw new SimulatedError(message);
        }
        throw new IllegalStateException(message);
    }

    /** An error as a virtual machine in trouble throws it: no exception, and nothing to do with linking. */
    static final class SimulatedError extends VirtualMachineError {

        private static final long serialVersionUID = 1L;

        SimulatedError(String message) {
            super(message);
        }
    }
}
