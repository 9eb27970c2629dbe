package io.github.reedgate.monitor.supervision;

import java.time.Duration;

/**
 * How gateways are supervised. Immutable.
 *
 * @param thresholds how long a gateway may be silent
 * @param heartbeat the gateways' {@code diagnostics.interval}; the heartbeats of one gateway are at most so far apart
 * @param returning how long gateways have to come back after the monitor or its connection did; positive
 * @param stopped how long a gateway may stay away after it said that it stops; positive
 * @param stoppedRaises whether a gateway that stays away for longer while armed raises an alarm; otherwise it is only reported
 * @param repeat how often an alarm is repeated until somebody acknowledges it; positive
 * @param repeats how many repetitions there are at most; 0 or more
 */
public record SupervisionSettings(
        Thresholds thresholds,
        Duration heartbeat,
        Duration returning,
        Duration stopped,
        boolean stoppedRaises,
        Duration repeat,
        int repeats) {

    /** How long after its deadline an entry delay may still be shown as running: the messages need a moment. */
    public static final Duration ENTRY_MARGIN = Duration.ofSeconds(3);

    /** So many gateways at least have to vanish within {@link #COMMON_WINDOW} for it to be the broker's failure. */
    public static final int COMMON_LEAST = 3;

    /** Gateways that vanish within this time vanish at once. No alarm is raised so soon after a Last Will. */
    public static final Duration COMMON_WINDOW = Duration.ofSeconds(3);

    /** How long the failure of a broker explains that no gateway is heard. Afterwards each gateway is judged by itself. */
    public static final Duration COMMON_LIMIT = Duration.ofMinutes(5);

    /** So long after a probe whose echo came back the next is sent, even if nothing is due. */
    public static final Duration PROBE_EVERY = Duration.ofSeconds(15);

    /** So long after the first probe without an echo the line counts as lost. */
    public static final Duration NO_ECHO = Duration.ofSeconds(30);

    /** The same for the first echo of a connection: it comes behind all that the broker had kept for the monitor. */
    public static final Duration NO_FIRST_ECHO = Duration.ofMinutes(2);

    /** So many gateways are supervised at most. Others are counted and reported in an {@code overflow} event. */
    public static final int MOST_GATEWAYS = 10_000;

    private static final Duration HEARTBEAT_MARGIN = Duration.ofSeconds(5);

    /** The usual settings. */
    public static final SupervisionSettings DEFAULT = new SupervisionSettings(
            Thresholds.DEFAULT,
            Duration.ofSeconds(60),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            false,
            Duration.ofMinutes(5),
            12);

    /** How long a gateway whose Last Will did not come may say nothing: one heartbeat may get lost. */
    Duration withoutWill(PanelMood mood) {
        Duration two = heartbeat.multipliedBy(2).plus(HEARTBEAT_MARGIN);
        Duration threshold = thresholds.of(mood);
        return two.compareTo(threshold) > 0 ? two : threshold;
    }

    /** How long a heartbeat may be late before it counts as missing. */
    Duration overdue() {
        return heartbeat.plus(HEARTBEAT_MARGIN);
    }
}
