/** Tests of {@code file}. */
@NullMarked
package io.github.reedgate.file;

import org.jspecify.annotations.NullMarked;
