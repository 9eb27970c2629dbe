package io.github.reedgate.sim;

/**
 * One change of a line's level. Immutable.
 *
 * @param atNanos when it was due, on the clock of the {@link SimulatedLines} it belongs to
 * @param name the switch's name
 * @param offset the line's offset
 * @param level the level after the edge
 * @param heard whether an edge event is delivered; false while the line is deaf: the level changed and nobody was told
 */
public record LineEdge(long atNanos, String name, int offset, LineLevel level, boolean heard) {}
