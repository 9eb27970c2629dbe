/** The control socket: drives the simulated switches of a running process from outside. */
@NullMarked
package io.github.reedgate.sim.control;

import org.jspecify.annotations.NullMarked;
