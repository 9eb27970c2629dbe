package io.github.reedgate.sim.scenario;

import java.util.List;
import java.util.Optional;

/** What happens at the doors, as read from a text by {@link ScenarioReader}. Immutable. */
public final class Scenario {

    private final String title;
    private final Optional<Long> seed;
    private final List<Step> steps;

    /** Of checked parts. */
    Scenario(String title, Optional<Long> seed, List<Step> steps) {
        this.title = title;
        this.seed = seed;
        this.steps = List.copyOf(steps);
    }

    /** Its title; {@code untitled} if it has none. */
    public String title() {
        return title;
    }

    /** Where chance begins, if the text says so. */
    public Optional<Long> seed() {
        return seed;
    }

    /** What is done. */
    List<Step> steps() {
        return steps;
    }
}
