/** Wires recorder, store and broker to a running program. */
@NullMarked
package io.github.reedgate.monitor.app;

import org.jspecify.annotations.NullMarked;
