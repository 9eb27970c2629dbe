package io.github.reedgate.monitor.supervision;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the monitor knows of one gateway. Immutable. Monotonic times are of this process; the others survive a restart.
 *
 * @param panel what its panel did
 * @param life when it was heard
 * @param stop whether it said that it stops
 * @param condition {@code OK}, {@code SILENT}, {@code STOPPED} or {@code UNKNOWN}
 * @param history what the recorder says of its events
 * @param alarm the alarm about it that is not over, or null
 * @param rung incident of the latest alarm that is over, or null: the monitor raises no second alarm for it
 */
record GatewayWatch(
        Panel panel,
        Life life,
        Stop stop,
        GatewayCondition condition,
        History history,
        @Nullable SilenceAlarm alarm,
        @Nullable String rung) {

    /** A gateway of which nothing is known. */
    static final GatewayWatch NEW = new GatewayWatch(
            new Panel(PanelMood.NONE, null, null, null, List.of(), null, null),
            new Life(false, null, null, null, null, null, null),
            new Stop(0, 0, Stop.Stage.RUNNING, null, null, false),
            GatewayCondition.UNKNOWN,
            new History(false, false),
            null,
            null);

    /**
     * The panel.
     *
     * @param incident id of the incident that is not over, by the panel's detail; or null
     * @param sensor name or id of the sensor that began the latest incident, by its event; or null
     * @param sensorOf id of that incident, or null. An event may be late, so it never sets {@code incident}.
     * @param deadline end of the delay that runs by the gateway's clock, or null
     * @param deadlineNanos the same on the monotonic clock, or null
     */
    record Panel(
            PanelMood mood,
            @Nullable String incident,
            @Nullable String sensor,
            @Nullable String sensorOf,
            List<String> open,
            @Nullable Instant deadline,
            @Nullable Long deadlineNanos) {

        Panel with(PanelMood other) {
            return new Panel(
                    other, other.isWatched() ? incident : null, sensor, sensorOf, open, deadline, deadlineNanos);
        }

        Panel begunBy(@Nullable String otherSensor, String incidentOfIt) {
            return new Panel(mood, incident, otherSensor, incidentOfIt, open, deadline, deadlineNanos);
        }

        /** The sensor that began the incident, or else one that is open; null if none is known. */
        @Nullable
        String cause() {
            boolean isKnown = sensor != null && incident != null && incident.equals(sensorOf);
            if (isKnown || open.isEmpty()) {
                return isKnown ? sensor : null;
            }
            return open.get(0);
        }
    }

    /**
     * Signs of life.
     *
     * @param everHeard whether the gateway was ever heard live; until then nothing is expected of it
     * @param online what its availability says; null if nothing
     * @param offlineNanos since when it counts as offline, or null
     * @param heardNanos when it was heard last; after a reconnect of the monitor when that was complete; null before
     * @param onlineNanos when it connected last, as far as the monitor saw that
     * @param offsetMillis the monitor's wall clock minus the gateway's; null until a heartbeat told
     * @param heard when it was heard last, by the monitor's wall clock, or null
     */
    record Life(
            boolean everHeard,
            @Nullable Boolean online,
            @Nullable Long offlineNanos,
            @Nullable Long heardNanos,
            @Nullable Long onlineNanos,
            @Nullable Long offsetMillis,
            @Nullable Instant heard) {

        boolean isOffline() {
            return Boolean.FALSE.equals(online);
        }

        /** True if the gateway's clock is where the other says, to a second. */
        boolean clockIsLike(Life other) {
            Long one = offsetMillis;
            Long two = other.offsetMillis;
            if (one == null || two == null) {
                return one == null && two == null;
            }
            return Math.abs(one - two) < 1_000;
        }
    }

    /**
     * Whether the gateway said that it stops.
     *
     * @param boot number of its latest start that an event was seen of
     * @param lastSeq highest number of its events of that start that was seen
     * @param sinceNanos when it said so, on the monotonic clock; null while it runs
     * @param since the same by the wall clock
     * @param overdue whether it was reported that it stays away
     */
    record Stop(
            long boot,
            long lastSeq,
            Stage stage,
            @Nullable Long sinceNanos,
            @Nullable Instant since,
            boolean overdue) {

        /** What is known of it. */
        enum Stage {
            /** It did not say that it stops. */
            RUNNING,
            /** It said so. */
            SAID,
            /** It may have said so: the broker had dropped the session in which the monitor would have heard it. */
            POSSIBLE
        }

        /** True if an event is later than each that was seen; numbers may begin anew with a start. */
        boolean isBefore(long otherBoot, long otherSeq) {
            return otherBoot > boot || (otherBoot == boot && otherSeq > lastSeq);
        }

        /** True if both are the same but for the numbers of the latest event. */
        boolean isLikeButForNumbers(Stop other) {
            return stage == other.stage && overdue == other.overdue && Objects.equals(since, other.since);
        }

        Stop running() {
            return stage == Stage.RUNNING ? this : new Stop(boot, lastSeq, Stage.RUNNING, null, null, false);
        }
    }

    /**
     * What the recorder says.
     *
     * @param incomplete events are missing
     * @param conflict two events have the same number
     */
    record History(boolean incomplete, boolean conflict) {}

    GatewayWatch with(Panel other) {
        return new GatewayWatch(other, life, stop, condition, history, alarm, rung);
    }

    GatewayWatch with(Life other) {
        return new GatewayWatch(panel, other, stop, condition, history, alarm, rung);
    }

    GatewayWatch with(Stop other) {
        return new GatewayWatch(panel, life, other, condition, history, alarm, rung);
    }

    GatewayWatch with(GatewayCondition other) {
        return new GatewayWatch(panel, life, stop, other, history, alarm, rung);
    }

    GatewayWatch with(History other) {
        return new GatewayWatch(panel, life, stop, condition, other, alarm, rung);
    }

    GatewayWatch with(SilenceAlarm other) {
        return new GatewayWatch(panel, life, stop, condition, history, other, rung);
    }

    /** The same after the alarm is over. */
    GatewayWatch withoutAlarm() {
        return new GatewayWatch(panel, life, stop, condition, history, null, alarm == null ? rung : alarm.incident());
    }

    /** True while it is neither heard nor expected back any moment. */
    boolean isAway() {
        return condition == GatewayCondition.SILENT || condition == GatewayCondition.STOPPED;
    }

    /** The word for the state topic. */
    GatewayCondition shown() {
        if (condition == GatewayCondition.OK && history.conflict()) {
            return GatewayCondition.CONFLICT;
        }
        return condition == GatewayCondition.OK && history.incomplete() ? GatewayCondition.INCOMPLETE : condition;
    }

    /** True if both are the same but for what a restart forgets. */
    boolean remembersLike(GatewayWatch other) {
        return stop.equals(other.stop) && isLikeButForNumbers(other);
    }

    /** True if both are the same but for that and the numbers of the latest event. */
    boolean isLikeButForNumbers(GatewayWatch other) {
        return panel.equals(other.panel)
                && stop.isLikeButForNumbers(other.stop)
                && condition == other.condition
                && life.everHeard() == other.life.everHeard()
                && Objects.equals(life.online(), other.life.online())
                && life.clockIsLike(other.life)
                && Objects.equals(alarm, other.alarm)
                && Objects.equals(rung, other.rung);
    }
}
