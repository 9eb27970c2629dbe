/** Tests of the installed gateway from outside: its own process, a real broker, an independent subscriber. */
@NullMarked
package io.github.reedgate.system;

import org.jspecify.annotations.NullMarked;
