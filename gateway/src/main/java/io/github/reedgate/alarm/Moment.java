package io.github.reedgate.alarm;

import io.github.reedgate.time.Timestamp;
import java.time.Instant;

/**
 * When a step of the panel is made. Immutable.
 *
 * @param time both clocks
 * @param freshId the id of an incident that begins now; no other has it
 */
public record Moment(Timestamp time, String freshId) {

    long nanos() {
        return time.monotonicNanos();
    }

    Instant wall() {
        return time.wall();
    }
}
