package io.github.reedgate.delivery;

/**
 * Numbers that the broker has forgotten and that are not sent again.
 *
 * @param fromSeq the first of them
 * @param toSeq the last of them
 */
public record LeftOut(long fromSeq, long toSeq) {}
