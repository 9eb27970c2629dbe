/** The command line: one class a command. */
@NullMarked
package io.github.reedgate.cli;

import org.jspecify.annotations.NullMarked;
