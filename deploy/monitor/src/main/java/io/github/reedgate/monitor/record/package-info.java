/** Decides what is recorded of the messages that arrive, and which events are missing; pure, time is a value. */
@NullMarked
package io.github.reedgate.monitor.record;

import org.jspecify.annotations.NullMarked;
