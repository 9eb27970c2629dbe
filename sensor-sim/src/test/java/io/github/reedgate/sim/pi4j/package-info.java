/** Tests of the Pi4J provider. */
@NullMarked
package io.github.reedgate.sim.pi4j;

import org.jspecify.annotations.NullMarked;
