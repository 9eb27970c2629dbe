/** Questions to the history, and their answers. */
@NullMarked
package io.github.reedgate.monitor.history;

import org.jspecify.annotations.NullMarked;
