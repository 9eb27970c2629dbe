/** Planted mistakes, for the rules to find; used by nothing else. */
@NullMarked
package io.github.reedgate.architecture.planted.core;

import org.jspecify.annotations.NullMarked;
