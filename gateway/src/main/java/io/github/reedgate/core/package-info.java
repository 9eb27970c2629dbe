/** The pure heart of the gateway: step(state, event, now) gives the next state and its effects. */
@NullMarked
package io.github.reedgate.core;

import org.jspecify.annotations.NullMarked;
