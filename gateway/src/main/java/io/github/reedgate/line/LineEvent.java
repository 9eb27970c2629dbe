package io.github.reedgate.line;

/**
 * An edge seen on a line. Immutable.
 *
 * @param offset the line's offset
 * @param level the level after the edge
 * @param atNanos monotonic time of arrival ({@link System#nanoTime()}), stamped by the adapter
 */
public record LineEvent(int offset, Level level, long atNanos) {}
