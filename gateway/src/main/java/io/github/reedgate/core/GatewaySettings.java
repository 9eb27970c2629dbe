package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelSettings;
import io.github.reedgate.command.Policy;
import io.github.reedgate.contact.Position;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Topics;
import io.github.reedgate.notice.NoticeTarget;
import io.github.reedgate.output.Output;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the core is told once at start. Immutable.
 *
 * @param gatewayId the gateway's id
 * @param topics its topics
 * @param sensors the sensors; their index in this list is their number in events
 * @param zone time zone of the clock times in alarm lines
 * @param watch how lines are watched
 * @param heartbeat how often the diagnostics are published
 * @param start what is known of this start and the last stop
 * @param commands how commands from elsewhere are judged
 * @param description how the gateway describes itself to home servers
 * @param panel the alarm panel's settings, or null if there is none
 * @param outputs the outputs; their index in this list is their number in events and effects
 * @param targets who is told beside the broker
 */
public record GatewaySettings(
        String gatewayId,
        Topics topics,
        List<Sensor> sensors,
        ZoneId zone,
        Watch watch,
        Duration heartbeat,
        StartFacts start,
        Policy commands,
        Description description,
        @Nullable PanelSettings panel,
        List<Output> outputs,
        List<NoticeTarget> targets) {

    /** The wall clock can't be earlier than this; one that is was not set yet. */
    public static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    /** Copies the lists. */
    public GatewaySettings {
        sensors = List.copyOf(sensors);
        outputs = List.copyOf(outputs);
        targets = List.copyOf(targets);
    }

    /** The number of a sensor's second line, where lines are numbered: those of the sensors come first. */
    int loopLine(int sensor) {
        return sensors.size() + sensor;
    }

    /**
     * How the gateway describes itself to home servers.
     *
     * @param messages retained, published before everything else, in this order
     * @param statusTopic where a home server says that it has started; empty if nobody is described anything to
     */
    public record Description(List<Message> messages, Optional<String> statusTopic) {

        /** To nobody. */
        public static final Description NONE = new Description(List.of(), Optional.empty());

        /** Copies the list. */
        public Description {
            messages = List.copyOf(messages);
        }
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
     * @param before what the event log knows of the time before this start
     */
    public record StartFacts(long boot, long firstSeq, LastStop lastStop, long skipped, long seed, Before before) {

        /** A start before which nothing is known. */
        public StartFacts(long boot, long firstSeq, LastStop lastStop, long skipped, long seed) {
            this(boot, firstSeq, lastStop, skipped, seed, Before.NOTHING);
        }

        /** The same start with what the event log knows. */
        public StartFacts withBefore(Before known) {
            return new StartFacts(boot, firstSeq, lastStop, skipped, seed, known);
        }
    }

    /**
     * What the event log knows of the time before this start.
     *
     * @param lastStates the state word that each sensor had last, by its id; sensors and words that are not known are ignored
     * @param lastSeen time of the newest event, or null if there is none
     * @param lastSeenSynced whether that event's clock could be trusted
     * @param snapshot what was stored for this start
     * @param recall what the state folder shows of the panel before this start
     */
    public record Before(
            Map<String, String> lastStates,
            @Nullable Instant lastSeen,
            boolean lastSeenSynced,
            GatewaySnapshot snapshot,
            Recall recall) {

        /** The same of a gateway that has its panel's state. */
        public Before(
                Map<String, String> lastStates,
                @Nullable Instant lastSeen,
                boolean lastSeenSynced,
                GatewaySnapshot snapshot) {
            this(lastStates, lastSeen, lastSeenSynced, snapshot, Recall.WHOLE);
        }

        /** Nothing. */
        public static final Before NOTHING = new Before(Map.of(), null, false, GatewaySnapshot.NOTHING);

        /** Copies the map. */
        public Before {
            lastStates = Map.copyOf(lastStates);
        }

        /** Where a sensor was, or null if it is not known. */
        @Nullable
        Position lastPosition(Sensor sensor) {
            String word = lastStates.get(sensor.id());
            return word == null ? null : Words.position(word);
        }
    }

    /**
     * What is known of the panel's memory at a start.
     *
     * @param isNeverStored whether no state of a panel was ever stored here, as far as can be seen: then the broker is asked for one
     * @param lost why what the panel had to remember, or a part of it, is not known; empty if nothing is lost
     */
    public record Recall(boolean isNeverStored, String lost) {

        /** All is known. */
        public static final Recall WHOLE = new Recall(false, "");

        /** No state of a panel was ever stored here, as at a very first start. */
        public static final Recall NEVER_STORED = new Recall(true, "");
    }

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
