package io.github.reedgate.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration file is wrong; carries everything that is wrong with it, not the first thing only. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // List.copyOf gives a serializable list
    private final List<Problem> problems;

    /**
     * One or more problems.
     *
     * @param problems in the order of the file; not empty
     */
    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, in the order of the file; never empty. */
    public List<Problem> problems() {
        return problems;
    }
}
