package io.github.reedgate.line;

/**
 * An edge seen on a line. Immutable.
 *
 * @param offset the line's offset
 * @param level the level after the edge
 * @param atNanos when it happened, as {@link System#nanoTime()}: the kernel's time, or that of its arrival if the adapter has
 *     no better one
 */
public record LineEvent(int offset, Level level, long atNanos) {}
