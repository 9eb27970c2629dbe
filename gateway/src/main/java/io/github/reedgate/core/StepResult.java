package io.github.reedgate.core;

/**
 * What one step of the core gives.
 *
 * @param state the state from now on
 * @param output what is to be done; mostly nothing
 */
public record StepResult(GatewayState state, StepOutput output) {}
