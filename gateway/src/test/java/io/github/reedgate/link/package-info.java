/** Tests of the broker connection. */
@NullMarked
package io.github.reedgate.link;

import org.jspecify.annotations.NullMarked;
