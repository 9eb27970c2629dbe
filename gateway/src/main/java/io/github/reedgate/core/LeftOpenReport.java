package io.github.reedgate.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a contact was reported as left open and was not closed since. Immutable.
 *
 * @param reports how often it was reported; 1 or more
 * @param since when it opened, or null if the clock could not be trusted to say so
 */
public record LeftOpenReport(int reports, @Nullable Instant since) {}
