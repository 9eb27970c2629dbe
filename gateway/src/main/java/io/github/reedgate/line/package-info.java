/** Electrical levels of GPIO lines and the port through which they are read. */
@NullMarked
package io.github.reedgate.line;

import org.jspecify.annotations.NullMarked;
