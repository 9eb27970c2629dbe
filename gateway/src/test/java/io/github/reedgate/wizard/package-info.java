/** Tests of the questions of {@code reedgate setup}. */
@NullMarked
package io.github.reedgate.wizard;

import org.jspecify.annotations.NullMarked;
