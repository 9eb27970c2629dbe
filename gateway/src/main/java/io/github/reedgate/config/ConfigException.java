package io.github.reedgate.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration file is wrong; carries everything that is wrong with it, not the first thing only. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf gives a serializable list
    private final List<Problem> problems;

    private final boolean mayPass;

    /**
     * One or more problems.
     *
     * @param problems in the order of the file; not empty
     * @param mayPass see {@link #mayPass}
     */
    ConfigException(List<Problem> problems, boolean mayPass) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
        this.mayPass = mayPass;
    }

    /**
     * True if the file is there, but the system failed to read it: it may be right, and readable the next time. False if the
     * file itself is wrong, or is none.
     */
    public boolean mayPass() {
        return mayPass;
    }

    /** What is wrong, in the order of the file; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
