/** Tests of reading and writing JSON. */
@NullMarked
package io.github.reedgate.json;

import org.jspecify.annotations.NullMarked;
