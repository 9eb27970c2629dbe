package io.github.reedgate.core;

import java.util.List;

/**
 * The result of one step.
 *
 * @param state the state from now on
 * @param effects what to do, in this order; mostly empty
 */
public record Step(GatewayState state, List<Effect> effects) {}
