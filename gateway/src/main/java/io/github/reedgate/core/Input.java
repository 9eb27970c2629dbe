package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.command.Command;
import io.github.reedgate.command.Match;
import io.github.reedgate.command.Refusal;
import io.github.reedgate.event.EventType;
import io.github.reedgate.line.Level;
import io.github.reedgate.message.Incoming;
import io.github.reedgate.notice.NoticeNews;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What can happen to the gateway; the only way anything reaches the core. Six groups say where an input comes from. Immutable.
 */
public sealed interface Input {

    /** From the lines of sensors and outputs. */
    sealed interface OfLine extends Input {}

    /** From the connection to the broker. */
    sealed interface OfBroker extends Input {}

    /** From the store on disk, and from what waits in it. */
    sealed interface OfStore extends Input {}

    /** From somebody who wants something of the gateway. */
    sealed interface OfOperator extends Input {}

    /** From the notification targets. */
    sealed interface OfNotification extends Input {}

    /** From the process: its start, its clock, its failures, its end. */
    sealed interface Lifecycle extends Input {}

    /**
     * An edge on a sensor's line.
     *
     * @param sensor the sensor's index in the configuration, from 0
     * @param level the level after the edge
     * @param atNanos monotonic time of arrival
     */
    record Edge(int sensor, Level level, long atNanos) implements OfLine {}

    /**
     * The answer to {@link StepOutput#reads}.
     *
     * @param sensor the sensor's index
     * @param level the level read
     */
    record LevelRead(int sensor, Level level) implements OfLine {}

    /**
     * A line could not be opened or read.
     *
     * @param sensor the sensor's index
     * @param reason why, for people
     */
    record LineFailed(int sensor, String reason) implements OfLine {}

    /**
     * An output's line could not be opened or switched.
     *
     * @param output the output's index
     * @param reason why, for people
     */
    record OutputFailed(int output, String reason) implements OfLine {}

    /**
     * An output's line was switched that could not be before.
     *
     * @param output the output's index
     */
    record OutputDriven(int output) implements OfLine {}

    /**
     * Edges were dropped because the queue in front of the core was full.
     *
     * @param count how many; at least 1
     */
    record EdgesLost(long count) implements OfLine {}

    /** The gateway's lines are open; comes once, before anything else. */
    record Started() implements Lifecycle {}

    /** A deadline may have passed. */
    record Tick() implements Lifecycle {}

    /** The broker accepted the connection. */
    record LinkUp() implements OfBroker {}

    /**
     * The connection to the broker was lost; failed attempts to connect are not told.
     *
     * @param reason why, for people
     */
    record LinkLost(String reason) implements OfBroker {}

    /**
     * Whether the wall clock is synchronised was looked up.
     *
     * @param synced true if it is
     */
    record ClockChecked(boolean synced) implements Lifecycle {}

    /**
     * Messages waiting for the broker were dropped because the bound was reached.
     *
     * @param routine how many that were no alarm
     * @param alarms how many alarms
     */
    record MessagesDropped(long routine, long alarms) implements OfStore {}

    /**
     * Something about the delivery of messages that is reported.
     *
     * @param type what
     * @param message what happened, for people; short, for it has to be delivered itself
     * @param more further fields
     */
    record DeliveryNews(EventType type, String message, Map<String, Object> more) implements OfBroker {

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
    record EventsUnlogged(long count) implements OfStore {}

    /**
     * The store of events and waiting messages can't be written: they are kept in memory and tried again.
     *
     * @param reason why and what to do about it, for people
     */
    record StoreFailed(String reason) implements OfStore {}

    /** The store can be written again, and what had been kept in memory is written. */
    record StoreRecovered() implements OfStore {}

    /**
     * The URL that watches the gateway can't be called any more, or can be called again.
     *
     * @param isFailing true if it can't be called
     * @param message what happened, for people; one line
     */
    record PingChanged(boolean isFailing, String message) implements Lifecycle {}

    /**
     * Steps failed by a defect, or carrying out what they wanted did; the gateway goes on.
     *
     * @param count how many since this was told last; at least 1
     * @param latest what the latest was about and what it threw, for people
     */
    record Failed(long count, String latest) implements Lifecycle {}

    /**
     * Somebody asked for a test alarm.
     *
     * @param requestId returned with {@link StepOutput.TestRaised}; not 0
     */
    record TestRequested(long requestId) implements OfOperator {}

    /**
     * Somebody who may do so commands the panel; answered by {@link StepOutput.PanelAnswered} in the same step.
     *
     * @param command what is asked
     * @param requestId any number, returned with the answer
     */
    record PanelCommanded(PanelCommand command, long requestId) implements OfOperator {}

    /**
     * Somebody on this machine wants something of a walk test; answered by {@link StepOutput.WalkAnswered} in the same step.
     *
     * @param order what
     * @param requestId any number, returned with the answer
     */
    record WalkOrdered(WalkOrder order, long requestId) implements OfOperator {}

    /**
     * The answer to {@link StepOutput.CodeCheck}.
     *
     * @param command the command
     * @param match whose code it is
     */
    record CodeChecked(Command command, Match match) implements OfOperator {}

    /**
     * The broker remembers events of this gateway.
     *
     * @param seq the highest number that it acknowledged, as it says
     * @param sent the highest number that this gateway may have sent before; what is above comes from somebody else
     * @param unacknowledged the lowest number that is not known to be acknowledged to this gateway; 1 or more
     */
    record BrokerRemembers(long seq, long sent, long unacknowledged) implements OfBroker {

        /** True if it remembers events that this gateway has not sent. */
        boolean isAhead() {
            return seq > sent;
        }
    }

    /** The broker was asked for what it remembers, and has nothing or can't be asked. */
    record BrokerAsked() implements OfBroker {}

    /**
     * Somebody sent a message on one of {@link Gateway#topics}. Anybody may have: nothing in it is to be believed.
     *
     * @param message the message
     */
    record Received(Incoming message) implements OfBroker {}

    /**
     * A request for the log that the core let pass is refused nevertheless.
     *
     * @param why why
     */
    record LogRequestRefused(Refusal why) implements OfBroker {}

    /**
     * Messages that were sent to the gateway were dropped because too many waited in front of the core.
     *
     * @param count how many; at least 1
     */
    record ReceivedLost(long count) implements OfOperator {}

    /**
     * What became of a notice.
     *
     * @param news what
     */
    record Notified(NoticeNews news) implements OfNotification {}

    /** The gateway was told to stop; comes last. */
    record StopRequested() implements Lifecycle {}
}
