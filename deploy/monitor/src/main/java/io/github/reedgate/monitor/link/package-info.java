/** The session with the broker that acknowledges by hand. */
@NullMarked
package io.github.reedgate.monitor.link;

import org.jspecify.annotations.NullMarked;
