package io.github.reedgate.fuzz;

import io.github.reedgate.sim.scenario.ScenarioException;
import io.github.reedgate.sim.scenario.ScenarioReader;
import java.nio.charset.StandardCharsets;

/** Fuzz target: a scenario of the simulator is read, or refused with a {@link ScenarioException} that says why. */
public final class ScenarioFuzz {

    private ScenarioFuzz() {}

    /** Tries one input; throws if a rule is broken. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            ScenarioReader.read(new String(input, StandardCharsets.UTF_8));
        } catch (ScenarioException e) {
            if (e.mistakes().isEmpty()) {
                throw new IllegalStateException("refused without a reason", e);
            }
        }
    }
}
