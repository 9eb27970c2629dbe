/** Measures how long an opening takes to a subscriber, beside a bare publisher on the same broker, and how the gateway starts. */
@NullMarked
package io.github.reedgate.bench;

import org.jspecify.annotations.NullMarked;
