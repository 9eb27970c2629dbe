package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelAnswer;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.alarm.PanelDocument;
import io.github.reedgate.command.Command;
import io.github.reedgate.command.Proof;
import io.github.reedgate.message.Draft;
import io.github.reedgate.message.EventRecord;
import io.github.reedgate.message.Importance;
import io.github.reedgate.message.Message;
import io.github.reedgate.notice.Notice;
import io.github.reedgate.notice.NoticeDocument;
import java.time.Instant;
import java.util.Map;

/** What the core wants done; carried out by the shell in the order given, levels read last. Immutable. */
public sealed interface Effect {

    /**
     * Keep an event in the log, whether or not it can be published.
     *
     * @param event the event
     */
    record Keep(EventRecord event) implements Effect {}

    /**
     * Publish a message, now if there is a connection, else later.
     *
     * @param draft the message; a retained one replaces what waits on its topic
     * @param importance what may be dropped first
     * @param requestId who is to be told of its acknowledgement, or 0 for nobody
     */
    record Publish(Draft draft, Importance importance, long requestId) implements Effect {

        /** Writes the message. */
        public Message message() {
            return draft.message();
        }
    }

    /**
     * Read the level of a sensor's line once the step's other effects are carried out, and answer with {@link Event.LevelRead} or {@link Event.LineFailed}.
     *
     * @param sensor the sensor's index
     */
    record ReadLevel(int sensor) implements Effect {}

    /**
     * Switch an output's line; answered by {@link Event.OutputFailed} if that can't be done, and by {@link Event.OutputDriven}
     * if it can again.
     *
     * @param output the output's index
     * @param on whether it is to be on
     */
    record Drive(int output, boolean on) implements Effect {}

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
     * Check a code or signature, elsewhere, and answer with {@link Event.CodeChecked}: that takes long.
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
     * @param id its number, as {@link Event.Notified} gave it
     */
    record ForgetNotice(long id) implements Effect {}

    /**
     * Keep who is told next of an incident, in place of what was kept before and together with the events of the same step.
     *
     * @param document all of it
     */
    record KeepNotices(NoticeDocument document) implements Effect {}

    /**
     * The answer to {@link Event.PanelCommanded}; comes behind the effects of the command itself.
     *
     * @param requestId as it was given with the command
     * @param command the command
     * @param answer what became of it
     */
    record PanelAnswered(long requestId, PanelCommand command, PanelAnswer answer) implements Effect {}

    /**
     * The answer to {@link Event.WalkOrdered}.
     *
     * @param requestId as it was given with the order
     * @param answer what became of it
     */
    record WalkAnswered(long requestId, WalkAnswer answer) implements Effect {}
}
