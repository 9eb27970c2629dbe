/** Tests of the demo's verdict and columns. */
@NullMarked
package io.github.reedgate.demo;

import org.jspecify.annotations.NullMarked;
