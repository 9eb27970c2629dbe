package io.github.reedgate.command;

import io.github.reedgate.time.Timestamp;

/**
 * When a command is looked at. Immutable.
 *
 * @param time the time by both clocks
 * @param clockSynced whether the wall clock can be trusted
 */
public record Moment(Timestamp time, boolean clockSynced) {}
