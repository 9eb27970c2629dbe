package io.github.reedgate.monitor.supervision;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alarm of the monitor about one gateway. Immutable.
 *
 * @param incident id of the gateway's incident, or one of the monitor's own if the gateway had none
 * @param raised when the alarm was raised
 * @param sensor name or id of the sensor that began the incident, or null
 * @param text the line for people, without a clock time
 * @param repeats how often the alarm was repeated
 * @param nextNanos when it is repeated next, on the monotonic clock
 * @param acknowledged whether somebody knows of it
 * @param heardSince whether the gateway was heard again since; its next silence outside an incident is another one
 */
record SilenceAlarm(
        String incident,
        Instant raised,
        @Nullable String sensor,
        String text,
        int repeats,
        long nextNanos,
        boolean acknowledged,
        boolean heardSince) {

    SilenceAlarm repeated(long next) {
        return new SilenceAlarm(incident, raised, sensor, text, repeats + 1, next, acknowledged, heardSince);
    }

    SilenceAlarm known() {
        return new SilenceAlarm(incident, raised, sensor, text, repeats, nextNanos, true, heardSince);
    }

    SilenceAlarm heardAgain() {
        return new SilenceAlarm(incident, raised, sensor, text, repeats, nextNanos, acknowledged, true);
    }
}
