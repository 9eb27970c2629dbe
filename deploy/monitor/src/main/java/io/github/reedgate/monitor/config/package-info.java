/** Reads the configuration file of the monitor. */
@NullMarked
package io.github.reedgate.monitor.config;

import org.jspecify.annotations.NullMarked;
