/** Tests of the simulator. */
@NullMarked
package io.github.reedgate.sim;

import org.jspecify.annotations.NullMarked;
