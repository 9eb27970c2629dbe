package io.github.reedgate.service;

/**
 * How much the parts of the program have done since it started. Each number only rises, and stands still when its part hangs.
 *
 * @param turns turns the loop has completed without a failure
 * @param failedTurns turns in which something was thrown
 * @param reads how often a line was read, or answered that it can't be
 * @param storeTurns rounds of work the store's thread has completed, failing disk or not
 */
public record LifeSigns(long turns, long failedTurns, long reads, long storeTurns) {}
