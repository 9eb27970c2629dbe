package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.command.Command;
import io.github.reedgate.command.Match;
import io.github.reedgate.event.EventType;
import io.github.reedgate.line.Level;
import io.github.reedgate.message.Incoming;
import io.github.reedgate.notice.NoticeNews;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What can happen to the gateway; the only way anything reaches the core. Immutable. */
public sealed interface Input {

    /**
     * An edge on a sensor's line.
     *
     * @param sensor the sensor's index in the configuration, from 0
     * @param level the level after the edge
     * @param atNanos monotonic time of arrival
     */
    record Edge(int sensor, Level level, long atNanos) implements Input {}

    /**
     * The answer to {@link Effect.ReadLevel}.
     *
     * @param sensor the sensor's index
     * @param level the level read
     */
    record LevelRead(int sensor, Level level) implements Input {}

    /**
     * A line could not be opened or read.
     *
     * @param sensor the sensor's index
     * @param reason why, for people
     */
    record LineFailed(int sensor, String reason) implements Input {}

    /**
     * An output's line could not be opened or switched.
     *
     * @param output the output's index
     * @param reason why, for people
     */
    record OutputFailed(int output, String reason) implements Input {}

    /**
     * An output's line was switched that could not be before.
     *
     * @param output the output's index
     */
    record OutputDriven(int output) implements Input {}

    /**
     * Edges were dropped because the queue in front of the core was full.
     *
     * @param count how many; at least 1
     */
    record EdgesLost(long count) implements Input {}

    /** The gateway's lines are open; comes once, before anything else. */
    record Started() implements Input {}

    /** A deadline may have passed. */
    record Tick() implements Input {}

    /** The broker accepted the connection. */
    record LinkUp() implements Input {}

    /**
     * The connection to the broker was lost; failed attempts to connect are not told.
     *
     * @param reason why, for people
     */
    record LinkLost(String reason) implements Input {}

    /**
     * Whether the wall clock is synchronised was looked up.
     *
     * @param synced true if it is
     */
    record ClockChecked(boolean synced) implements Input {}

    /**
     * Messages waiting for the broker were dropped because the bound was reached.
     *
     * @param routine how many that were no alarm
     * @param alarms how many alarms
     */
    record MessagesDropped(long routine, long alarms) implements Input {}

    /**
     * Something about the delivery of messages that is reported.
     *
     * @param type what
     * @param message what happened, for people; short, for it has to be delivered itself
     * @param more further fields
     */
    record DeliveryNews(EventType type, String message, Map<String, Object> more) implements Input {

        /** Copies the map. */
        public DeliveryNews {
            more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
        }
    }

    /**
     * Events are missing in the log, as too many came while it could not be written.
     *
     * @param count how many; at least 1
     */
    record EventsUnlogged(long count) implements Input {}

    /**
     * The store of events and waiting messages can't be written: they are kept in memory and tried again.
     *
     * @param reason why and what to do about it, for people
     */
    record StoreFailed(String reason) implements Input {}

    /** The store can be written again, and what had been kept in memory is written. */
    record StoreRecovered() implements Input {}

    /**
     * Steps failed by a defect, or carrying out what they wanted did; the gateway goes on.
     *
     * @param count how many since this was told last; at least 1
     * @param latest what the latest was about and what it threw, for people
     */
    record Failed(long count, String latest) implements Input {}

    /**
     * Somebody asked for a test alarm.
     *
     * @param requestId returned with the alarm's {@link Effect.Publish}; not 0
     */
    record TestRequested(long requestId) implements Input {}

    /**
     * Somebody who may do so commands the panel; answered by {@link Effect.PanelAnswered} in the same step.
     *
     * @param command what is asked
     * @param requestId any number, returned with the answer
     */
    record PanelCommanded(PanelCommand command, long requestId) implements Input {}

    /**
     * Somebody on this machine wants something of a walk test; answered by {@link Effect.WalkAnswered} in the same step.
     *
     * @param order what
     * @param requestId any number, returned with the answer
     */
    record WalkOrdered(WalkOrder order, long requestId) implements Input {}

    /**
     * The answer to {@link Effect.CheckCode}.
     *
     * @param command the command
     * @param match whose code it is
     */
    record CodeChecked(Command command, Match match) implements Input {}

    /**
     * The broker remembers events of this gateway.
     *
     * @param seq the highest number that it acknowledged, as it says
     * @param sent the highest number that this gateway may have sent before; what is above comes from somebody else
     * @param unacknowledged the lowest number that is not known to be acknowledged to this gateway; 1 or more
     */
    record BrokerRemembers(long seq, long sent, long unacknowledged) implements Input {

        /** True if it remembers events that this gateway has not sent. */
        boolean isAhead() {
            return seq > sent;
        }
    }

    /** The broker was asked for what it remembers, and has nothing or can't be asked. */
    record BrokerAsked() implements Input {}

    /**
     * Somebody sent a message on one of {@link Gateway#topics}. Anybody may have: nothing in it is to be believed.
     *
     * @param message the message
     */
    record Received(Incoming message) implements Input {}

    /**
     * Messages that were sent to the gateway were dropped because too many waited in front of the core.
     *
     * @param count how many; at least 1
     */
    record ReceivedLost(long count) implements Input {}

    /**
     * What became of a notice.
     *
     * @param news what
     */
    record Notified(NoticeNews news) implements Input {}

    /** The gateway was told to stop; comes last. */
    record StopRequested() implements Input {}
}
