/** Tests of the measuring. */
@NullMarked
package io.github.reedgate.bench;

import org.jspecify.annotations.NullMarked;
