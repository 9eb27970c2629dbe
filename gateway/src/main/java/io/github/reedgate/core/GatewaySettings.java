package io.github.reedgate.core;

import io.github.reedgate.contact.Sensor;
import io.github.reedgate.message.Topics;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * What the core is told once at start. Immutable.
 *
 * @param gatewayId the gateway's id
 * @param topics its topics
 * @param sensors the sensors; their index in this list is their number in events
 * @param zone time zone of the clock times in alarm lines
 * @param watch how lines are watched
 * @param start what is known of this start and the last stop
 */
public record GatewaySettings(
        String gatewayId, Topics topics, List<Sensor> sensors, ZoneId zone, Watch watch, StartFacts start) {

    /** Copies the list. */
    public GatewaySettings {
        sensors = List.copyOf(sensors);
    }

    /**
     * How lines are watched.
     *
     * @param reconcile how often all levels are read, whatever the edges said
     * @param edgesPerMinute edges a minute above which a sensor chatters
     * @param changesPerMinute settled changes a minute above which a sensor chatters
     * @param chatterReport how often a chattering sensor's state is told at most
     */
    public record Watch(Duration reconcile, int edgesPerMinute, int changesPerMinute, Duration chatterReport) {

        /** 100 ms, 600, 30, 10 s. */
        public static final Watch DEFAULT = new Watch(Duration.ofMillis(100), 600, 30, Duration.ofSeconds(10));
    }

    /**
     * What is known of this start.
     *
     * @param boot number of this start; 1 is the first
     * @param firstSeq number of the first event of this start
     * @param lastStop how the last run ended
     * @param skipped how many numbers before {@code firstSeq} may never have been used because the last run was cut off, 0 or
     *     more; some of them may have been used, as only blocks of numbers are kept on disk
     * @param seed random, drawn for this start: makes identifiers differ
     */
    public record StartFacts(long boot, long firstSeq, LastStop lastStop, long skipped, long seed) {}

    /** How the last run ended. */
    public enum LastStop {
        /** There was none. */
        NONE,
        /** It was told to stop and did. */
        CLEAN,
        /** It was cut off: power, SIGKILL, crash. */
        UNCLEAN
    }
}
