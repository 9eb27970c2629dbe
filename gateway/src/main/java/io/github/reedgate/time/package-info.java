/** Time as a value: the monotonic clock for every delay, wall time for payloads only. */
@NullMarked
package io.github.reedgate.time;

import org.jspecify.annotations.NullMarked;
