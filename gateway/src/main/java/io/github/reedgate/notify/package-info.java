/** Tells people beside the broker, over HTTP: what waits for each target, when it is tried again, and what was accepted. */
@NullMarked
package io.github.reedgate.notify;

import org.jspecify.annotations.NullMarked;
