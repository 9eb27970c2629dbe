package io.github.reedgate.core;

import org.jspecify.annotations.Nullable;

/**
 * Edges dropped in front of the core. Immutable.
 *
 * @param untold how many no event has told yet
 * @param toldNanos when an event told of some last, or null
 */
public record LostEdges(long untold, @Nullable Long toldNanos) {

    static final LostEdges NONE = new LostEdges(0, null);
}
