/** The connection to the broker, behind a port that tells everything as events. */
@NullMarked
package io.github.reedgate.link;

import org.jspecify.annotations.NullMarked;
