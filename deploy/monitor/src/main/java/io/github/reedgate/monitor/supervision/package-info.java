/**
 * Supervises gateways: decides from their messages whether one fell silent, and raises the alarm if it did so at the wrong
 * moment. The decisions are pure functions of state, input and time.
 */
@NullMarked
package io.github.reedgate.monitor.supervision;

import org.jspecify.annotations.NullMarked;
