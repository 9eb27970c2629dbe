package io.github.reedgate.core;

import java.time.Duration;

/** What somebody on this machine wants of a walk test. Immutable. */
public sealed interface WalkOrder {

    /**
     * One is to begin.
     *
     * @param longest how long it may last; more than {@link WalkTest#LONGEST} is that
     */
    record Begin(Duration longest) implements WalkOrder {}

    /**
     * How far is it? Also says that whoever asked for it is still there.
     *
     * @param number its number
     */
    record Look(long number) implements WalkOrder {}

    /**
     * It is to end.
     *
     * @param number its number
     */
    record Finish(long number) implements WalkOrder {}
}
