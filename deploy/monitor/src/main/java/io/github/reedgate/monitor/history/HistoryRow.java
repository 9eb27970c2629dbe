package io.github.reedgate.monitor.history;

import io.github.reedgate.monitor.record.RecordedEvent;

/**
 * An event of the history, with its place in it. Immutable.
 *
 * @param place rises in the order of arrival
 * @param event the event
 */
public record HistoryRow(long place, RecordedEvent event) {}
