package io.github.reedgate.core;

import io.github.reedgate.time.Timestamp;

/** One step of the core as a function: {@link Gateway#step}, or a wrapper that observes it or fails on purpose. */
@FunctionalInterface
public interface StepFunction {

    /**
     * Takes one input in.
     *
     * @param state the present state
     * @param input what happened
     * @param now the time; its monotonic part never goes back from one call to the next
     */
    StepResult step(GatewayState state, Input input, Timestamp now);
}
