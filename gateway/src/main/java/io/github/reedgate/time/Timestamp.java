package io.github.reedgate.time;

import java.time.Duration;
import java.time.Instant;

/**
 * One instant, told by two clocks: the monotonic one for every delay and the wall clock for payloads. Immutable.
 *
 * @param monotonicNanos nanoseconds of the monotonic clock ({@link System#nanoTime()}); any value, only differences count
 * @param wall the wall clock's time; may jump when the clock is set, so no delay is ever taken from it
 */
public record Timestamp(long monotonicNanos, Instant wall) {

    /** The instant {@code duration} later (earlier when negative) on both clocks. */
    public Timestamp plus(Duration duration) {
        return new Timestamp(monotonicNanos + duration.toNanos(), wall.plus(duration));
    }

    /** The same instant told from another reading of the monotonic clock: the wall time moves by the difference. */
    public Timestamp atNanos(long otherMonotonicNanos) {
        return new Timestamp(otherMonotonicNanos, wall.plusNanos(otherMonotonicNanos - monotonicNanos));
    }
}
