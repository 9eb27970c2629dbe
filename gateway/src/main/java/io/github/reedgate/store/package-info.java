/** Events and waiting messages on disk: one SQLite file, one thread that touches it, and the loop's view of it. */
@NullMarked
package io.github.reedgate.store;

import org.jspecify.annotations.NullMarked;
