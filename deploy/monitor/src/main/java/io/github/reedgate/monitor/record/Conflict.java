package io.github.reedgate.monitor.record;

/**
 * Two different events of one gateway with one number. Immutable.
 *
 * @param first the event that is in the history
 * @param second the one that came later
 * @param signs what points to the cause, one line
 */
public record Conflict(RecordedEvent first, RecordedEvent second, String signs) {}
