/** Describes the gateway to Home Assistant, and to all that read the same descriptions; pure. */
@NullMarked
package io.github.reedgate.discovery;

import org.jspecify.annotations.NullMarked;
