/** Tests of events and of how they are written. */
@NullMarked
package io.github.reedgate.event;

import org.jspecify.annotations.NullMarked;
