/** Tests of what {@code reedgate setup} does on a machine. */
@NullMarked
package io.github.reedgate.wizard.host;

import org.jspecify.annotations.NullMarked;
