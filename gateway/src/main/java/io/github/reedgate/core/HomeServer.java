package io.github.reedgate.core;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of what a home server sent. Immutable.
 *
 * @param refreshNanos when everything retained is published again for one that has started, or null
 * @param testedNanos when its button made a test alarm last, or null
 * @param refusedNanos when an event told last that a press was refused, or null
 * @param refusedUntold how many presses were refused since then
 */
public record HomeServer(
        @Nullable Long refreshNanos,
        @Nullable Long testedNanos,
        @Nullable Long refusedNanos,
        long refusedUntold) {

    static final HomeServer NONE_YET = new HomeServer(null, null, null, 0);

    HomeServer refreshingAt(@Nullable Long atNanos) {
        return new HomeServer(atNanos, testedNanos, refusedNanos, refusedUntold);
    }

    HomeServer testedAt(long atNanos) {
        return new HomeServer(refreshNanos, atNanos, refusedNanos, refusedUntold);
    }

    HomeServer refusedAt(long atNanos) {
        return new HomeServer(refreshNanos, testedNanos, atNanos, 0);
    }

    HomeServer refusedMore() {
        return new HomeServer(refreshNanos, testedNanos, refusedNanos, refusedUntold + 1);
    }
}
