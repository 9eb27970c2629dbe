/** Tests of scenarios. */
@NullMarked
package io.github.reedgate.sim.scenario;

import org.jspecify.annotations.NullMarked;
