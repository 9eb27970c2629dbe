/** Keeps what has to be delivered and hands it to the broker connection in order. */
@NullMarked
package io.github.reedgate.delivery;

import org.jspecify.annotations.NullMarked;
