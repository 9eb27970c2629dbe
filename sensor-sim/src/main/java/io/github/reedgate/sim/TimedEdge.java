package io.github.reedgate.sim;

/**
 * One edge of a bounce train. Immutable.
 *
 * @param offsetNanos nanoseconds since the train began; 0 or more
 * @param level the level after the edge
 */
public record TimedEdge(long offsetNanos, LineLevel level) {}
