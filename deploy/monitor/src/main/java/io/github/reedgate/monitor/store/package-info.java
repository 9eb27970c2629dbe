/** Keeps the history in SQLite or PostgreSQL, behind one port. */
@NullMarked
package io.github.reedgate.monitor.store;

import org.jspecify.annotations.NullMarked;
