/** The simulator as a Pi4J provider: everything above Pi4J runs on simulated switches as it does on real ones. */
@NullMarked
package io.github.reedgate.sim.pi4j;

import org.jspecify.annotations.NullMarked;
