/** Planted mistakes, for the rules to find; used by nothing else. */
@NullMarked
package io.github.reedgate.architecture.planted.config;

import org.jspecify.annotations.NullMarked;
