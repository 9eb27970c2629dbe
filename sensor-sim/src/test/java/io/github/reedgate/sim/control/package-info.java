/** Tests of the control socket. */
@NullMarked
package io.github.reedgate.sim.control;

import org.jspecify.annotations.NullMarked;
