package io.github.reedgate.doctor;

import io.github.reedgate.time.ClockTrust;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The machine as the checks see it; tests make one up. Immutable.
 *
 * @param root what stands for {@code /}: {@code proc}, {@code sys}, {@code dev} and {@code etc} are read below it
 * @param environment the process's environment
 * @param user who runs this
 * @param architecture the processor, as in {@code os.arch}
 * @param clock the wall clock
 * @param clockTrust asks who keeps that clock; may block for 5 s
 * @param programs other programs
 * @param lines GPIO lines
 */
public record Surroundings(
        Path root,
        Map<String, String> environment,
        String user,
        String architecture,
        Clock clock,
        Supplier<ClockTrust> clockTrust,
        Programs programs,
        LineOpener lines) {

    /** Copies the environment. */
    public Surroundings {
        environment = Map.copyOf(environment);
    }
}
