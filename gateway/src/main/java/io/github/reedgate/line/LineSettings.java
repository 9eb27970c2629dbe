package io.github.reedgate.line;

/**
 * How one GPIO line is requested.
 *
 * @param offset the line's offset on the header chip, which on a Raspberry Pi is its BCM number; 0 to 53
 * @param pull the bias asked for
 */
public record LineSettings(int offset, Pull pull) {}
