/** Tests of the descriptions, against the rules of those who read them. */
@NullMarked
package io.github.reedgate.discovery;

import org.jspecify.annotations.NullMarked;
