/** A disk that fails on demand, for tests. */
@NullMarked
package io.github.reedgate.testdisk;

import org.jspecify.annotations.NullMarked;
