/** The pure heart of the gateway: step(state, input, now) gives the next state and what is to be done. */
@NullMarked
package io.github.reedgate.core;

import org.jspecify.annotations.NullMarked;
