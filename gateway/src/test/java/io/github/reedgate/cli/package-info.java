/** Tests of the command line. */
@NullMarked
package io.github.reedgate.cli;

import org.jspecify.annotations.NullMarked;
