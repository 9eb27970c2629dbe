/** Tests of the store, on real files. */
@NullMarked
package io.github.reedgate.store;

import org.jspecify.annotations.NullMarked;
