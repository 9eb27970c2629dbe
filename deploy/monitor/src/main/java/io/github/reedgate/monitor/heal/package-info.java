/** Decides which missing numbers to ask of which gateway, and judges the answers; pure, time is a value. */
@NullMarked
package io.github.reedgate.monitor.heal;

import org.jspecify.annotations.NullMarked;
