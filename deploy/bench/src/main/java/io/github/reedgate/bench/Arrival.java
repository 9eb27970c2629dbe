package io.github.reedgate.bench;

/**
 * A message that reached the subscriber. Immutable.
 *
 * @param topic its topic
 * @param payload its payload as text
 * @param seq the user property {@code seq}, or -1 if it has none
 * @param atNanos {@link System#nanoTime()} right after the socket was read
 */
record Arrival(String topic, String payload, long seq, long atNanos) {}
