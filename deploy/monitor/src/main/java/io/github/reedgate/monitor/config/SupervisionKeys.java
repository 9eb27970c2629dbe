package io.github.reedgate.monitor.config;

import io.github.reedgate.config.Key;
import io.github.reedgate.config.ValueTypes;
import io.github.reedgate.monitor.supervision.ReportingPreset;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** The keys of supervision: a part of the table of {@link MonitorKeys}. */
final class SupervisionKeys {

    static final String SECTION = "supervision";

    static final Key<ReportingPreset> PRESET = Key.optional(
            "supervision.preset",
            ValueTypes.words(ReportingPreset.values()),
            "the defaults below",
            "Thresholds after a category of EN 50136-1; the three keys below change single ones.");
    static final Key<Duration> PENDING = Key.optional(
            "supervision.pending",
            ValueTypes.duration("5s", "1h"),
            "15s",
            "How long a gateway may be silent while the entry delay or an alarm runs.");
    static final Key<Duration> ARMED = Key.optional(
            "supervision.armed",
            ValueTypes.duration("5s", "24h"),
            "60s",
            "How long a gateway may be silent while it is armed.");
    static final Key<Duration> DISARMED = Key.optional(
            "supervision.disarmed",
            ValueTypes.duration("5s", "24h"),
            "5m",
            "How long a gateway may be silent while it is disarmed or has no panel.");
    static final Key<Duration> HEARTBEAT = Key.withDefault(
            "supervision.heartbeat",
            ValueTypes.duration("5s", "1h"),
            "60s",
            "The longest diagnostics.interval of any gateway.");
    static final Key<Duration> RETURNING = Key.withDefault(
            "supervision.returning",
            ValueTypes.duration("5s", "10m"),
            "30s",
            "How long gateways have to come back after the monitor or the broker did.");
    static final Key<Duration> STOPPED = Key.withDefault(
            "supervision.stopped",
            ValueTypes.duration("10s", "24h"),
            "10m",
            "How long a gateway may stay away after it said that it stops.");
    static final Key<Boolean> STOPPED_RAISES = Key.withDefault(
            "supervision.stopped_raises",
            ValueTypes.trueOrFalse(),
            "false",
            "Whether one that stays away for longer while armed raises an alarm.");
    static final Key<Duration> REPEAT = Key.withDefault(
            "supervision.repeat",
            ValueTypes.duration("30s", "24h"),
            "5m",
            "How often an alarm is repeated until somebody acknowledges it.");
    static final Key<Integer> REPEATS = Key.withDefault(
            "supervision.repeats", ValueTypes.number(0, 1_000), "12", "How many repetitions there are at most.");
    static final Key<URI> PING = Key.optional(
            "ping.url",
            ValueTypes.webAddress(),
            "nothing",
            "A URL that the monitor calls each minute while it is well.");

    /** All of them in the order of the documentation. */
    static final List<Key<?>> ALL = List.of(
            PRESET, PENDING, ARMED, DISARMED, HEARTBEAT, RETURNING, STOPPED, STOPPED_RAISES, REPEAT, REPEATS, PING);

    private SupervisionKeys() {}
}
