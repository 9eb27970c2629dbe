package io.github.reedgate.contact;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a contact that stays open is told. Immutable.
 *
 * @param after time from the opening until it is told first; positive
 * @param repeat time until it is told again, as often as it takes; positive, or null if it is told once
 * @param alarm whether it is an alarm, for the phone to ring
 */
public record LeftOpen(Duration after, @Nullable Duration repeat, boolean alarm) {}
