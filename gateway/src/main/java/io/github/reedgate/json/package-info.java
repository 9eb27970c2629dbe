/** Reads and writes small JSON objects. */
@NullMarked
package io.github.reedgate.json;

import org.jspecify.annotations.NullMarked;
