package io.github.reedgate.sim.scenario;

import java.util.List;
import java.util.stream.Collectors;

/** A scenario's text is wrong; holds every mistake found, in the order of the text. */
public final class ScenarioException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    /** For one mistake or more. */
    public ScenarioException(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
        this.mistakes = List.copyOf(mistakes);
    }

    /** All mistakes; never empty. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
