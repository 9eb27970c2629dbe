package io.github.reedgate.monitor.store;

import java.time.Duration;

/**
 * How much history is kept: whichever is reached first.
 *
 * @param maxAge how long an event is kept after it arrived
 * @param maxBytes how much of the disk the events take at most
 */
public record Bounds(Duration maxAge, long maxBytes) {}
