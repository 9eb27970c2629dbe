/** The fuzz target for requests on the simulator's socket. */
@NullMarked
package io.github.reedgate.sim.control;

import org.jspecify.annotations.NullMarked;
