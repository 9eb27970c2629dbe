/** A software stand-in for reed switches: bounce models, scenarios and a Pi4J provider. */
@NullMarked
package io.github.reedgate.sim;

import org.jspecify.annotations.NullMarked;
