/** The command line of the monitor. */
@NullMarked
package io.github.reedgate.monitor.cli;

import org.jspecify.annotations.NullMarked;
