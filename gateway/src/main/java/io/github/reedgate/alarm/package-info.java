/** The alarm panel: modes, delays and incidents, as values and a pure step. */
@NullMarked
package io.github.reedgate.alarm;

import org.jspecify.annotations.NullMarked;
