package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelAnswer;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.alarm.PanelDocument;
import io.github.reedgate.command.Command;
import io.github.reedgate.command.Proof;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Draft;
import io.github.reedgate.message.Message;
import io.github.reedgate.notice.Notice;
import io.github.reedgate.notice.NoticeDocument;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** What the core wants done; carried out by the shell in the order given, levels read last. Immutable. */
public sealed interface Effect {

    /**
     * Keep an event in the log, whether or not it can be published.
     *
     * @param event the event
     */
    record Keep(Event event) implements Effect {}

    /**
     * Publish a message, now if there is a connection, else later.
     *
     * @param draft the message; a retained one replaces what waits on its topic
     * @param priority what may be dropped first
     * @param requestId who is to be told of its acknowledgement, or 0 for nobody
     */
    record Publish(Draft draft, Priority priority, long requestId) implements Effect {

        /** Writes the message. */
        public Message message() {
            return draft.message();
        }
    }

    /**
     * Publish one of two messages as soon as it is known whether what this step and those before it want kept is on disk: what
     * the message says must not be said before. Nothing waits for it. A retained one that something newer has replaced by then is
     * not published.
     *
     * @param kept the message if it is on disk
     * @param unkept the message if it could not be written, or not in time
     */
    record Promise(Draft kept, Draft unkept) implements Effect {}

    /**
     * Read the level of a sensor's line once the step's other effects are carried out, and answer with {@link Input.LevelRead} or {@link Input.LineFailed}.
     *
     * @param sensor the sensor's index
     */
    record ReadLevel(int sensor) implements Effect {}

    /**
     * Switch an output's line; answered by {@link Input.OutputFailed} if that can't be done, and by {@link Input.OutputDriven}
     * if it can again.
     *
     * @param output the output's index
     * @param on whether it is to be on
     */
    record Drive(int output, boolean on) implements Effect {}

    /**
     * Keep what is retained on these topics from the broker until this comes with others: what it has there is to be looked at
     * first.
     *
     * @param topics these; none to let everything through
     */
    record Withhold(Set<String> topics) implements Effect {

        /** Copies the set. */
        public Withhold {
            topics = Set.copyOf(topics);
        }
    }

    /** Publish everything retained again: first what describes it, then availability, then all else. */
    record Refresh() implements Effect {}

    /**
     * Say something in the log.
     *
     * @param warning true if somebody should look at it
     * @param text one line
     */
    record Log(boolean warning, String text) implements Effect {}

    /**
     * Publish the diagnostics, with what the shell knows beside this.
     *
     * @param time the wall clock's time
     * @param uptimeSeconds seconds since the gateway's start
     * @param clockSynced whether the wall clock can be trusted
     * @param reconnects how often the connection to the broker came back
     * @param refusedCommands how many commands were refused since the start, by the reason's word
     */
    record Heartbeat(
            Instant time, long uptimeSeconds, boolean clockSynced, long reconnects, Map<String, Long> refusedCommands)
            implements Effect {}

    /**
     * The wall clock is synchronised now: events of this start that were stamped before, and have not left yet, happened at
     * {@code wallMillisAtUptimeZero} plus their uptime.
     *
     * @param boot number of this start
     * @param wallMillisAtUptimeZero the gateway's start by the clock as it is now, in milliseconds since 1970
     */
    record CorrectClock(long boot, long wallMillisAtUptimeZero) implements Effect {}

    /**
     * Give events of the log, and the messages of those that still wait, other numbers.
     *
     * @param fromSeq the lowest number
     * @param toSeq the highest
     * @param by what is added to each
     */
    record Renumber(long fromSeq, long toSeq, long by) implements Effect {}

    /**
     * Check a code or signature, elsewhere, and answer with {@link Input.CodeChecked}: that takes long.
     *
     * @param command the command, returned with the answer
     * @param proof its code or signature
     */
    record CheckCode(Command command, Proof proof) implements Effect {}

    /**
     * Keep a value over a restart, in place of what was kept under this name and together with the events of the same step.
     *
     * @param name the name
     * @param value the value
     */
    record Note(String name, String value) implements Effect {}

    /**
     * Keep what the panel has to remember, in place of what it had before and together with the events of the same step: after
     * a power cut both are there or neither is.
     *
     * @param document all that it has to remember
     */
    record KeepPanel(PanelDocument document) implements Effect {}

    /**
     * Tell somebody something beside the broker, now or as soon as it can be done; kept with the events of the same step.
     *
     * @param notice what and whom
     */
    record Notify(Notice notice) implements Effect {}

    /**
     * Keep a notice no longer.
     *
     * @param id its number, as {@link Input.Notified} gave it
     */
    record ForgetNotice(long id) implements Effect {}

    /**
     * Keep who is told next of an incident, in place of what was kept before and together with the events of the same step.
     *
     * @param document all of it
     */
    record KeepNotices(NoticeDocument document) implements Effect {}

    /**
     * A test alarm was raised as asked for; its line carries the same number.
     *
     * @param requestId as it was given with the request
     */
    record TestRaised(long requestId) implements Effect {}

    /**
     * The answer to {@link Input.PanelCommanded}; comes behind the effects of the command itself, and is given when those are on
     * disk.
     *
     * @param requestId as it was given with the command
     * @param command the command
     * @param answer what became of it
     */
    record PanelAnswered(long requestId, PanelCommand command, PanelAnswer answer) implements Effect {}

    /**
     * The answer to {@link Input.WalkOrdered}; given when what the step wants kept is on disk.
     *
     * @param requestId as it was given with the order
     * @param answer what became of it
     */
    record WalkAnswered(long requestId, WalkAnswer answer) implements Effect {}
}
