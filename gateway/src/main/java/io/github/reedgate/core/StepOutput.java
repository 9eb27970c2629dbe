package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelAnswer;
import io.github.reedgate.alarm.PanelCommand;
import io.github.reedgate.command.Command;
import io.github.reedgate.command.Proof;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.LogRequest;
import io.github.reedgate.message.Reply;
import io.github.reedgate.message.Retained;
import io.github.reedgate.notice.Notice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one step of the core wants done. The gateway does it in this order: correct earlier events; publish alarm lines; switch outputs;
 * publish states, events and details; store one batch; publish replies and give answers once that batch is stored; read levels. Immutable.
 *
 * @param events what happened, in the order of the numbers
 * @param outputs which outputs are switched
 * @param retained retained values; each replaces what waits on its topic. {@link #details} go behind the events, {@link
 *     #states} before them
 * @param retainedOnceStored the same for those that must not be seen before this step is stored, or is known not to be; one that something newer has
 *     replaced by then is not published
 * @param replies answers to commands; published once it is known whether this step is stored, and they say so
 * @param answers to those on this machine who asked; given once it is known whether this step is stored
 * @param logRequests ranges of the event log that somebody wants and may have; answered as there is room
 * @param checks codes and signatures to check elsewhere, which takes long; each is answered with {@link Input.CodeChecked}
 * @param notifications whom to tell what beside the broker; stored with this step
 * @param settledNotifications numbers of the notifications that are stored no longer, as {@link Input.Notified} gave them
 * @param snapshot what must still be known after a restart, or null if that did not change; stored in place of the one before,
 *     with the events of this step: after a power cut both are there or neither is
 * @param renumbering events of earlier steps that get other numbers, or null
 * @param clock what the clock was corrected by, or null
 * @param heartbeat the diagnostics that are to be published, or null
 * @param withheld topics whose retained messages are held back until a later step names others, and none to let all through;
 *     null if that stays as it is
 * @param refreshRetained whether everything retained is published again: first what describes it, then availability, then the
 *     rest
 * @param reads sensors whose level is to be read, by index; each is answered with {@link Input.LevelRead} or
 *     {@link Input.LineFailed}
 * @param log lines for the log
 */
public record StepOutput(
        List<Recorded> events,
        List<SwitchOutput> outputs,
        List<Retained> retained,
        List<Retained> retainedOnceStored,
        List<Reply> replies,
        List<Answer> answers,
        List<LogWanted> logRequests,
        List<CodeCheck> checks,
        List<Notice> notifications,
        List<Long> settledNotifications,
        @Nullable GatewaySnapshot snapshot,
        @Nullable Renumbering renumbering,
        @Nullable ClockCorrection clock,
        @Nullable Heartbeat heartbeat,
        @Nullable Set<String> withheld,
        boolean refreshRetained,
        List<Integer> reads,
        List<LogLine> log) {

    /** Nothing is to be done. */
    static final StepOutput NONE = new StepOutput(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of(), null, null, null, null, null, false, List.of(), List.of());

    /** Copies the lists. */
    public StepOutput {
        events = List.copyOf(events);
        outputs = List.copyOf(outputs);
        retained = List.copyOf(retained);
        retainedOnceStored = List.copyOf(retainedOnceStored);
        replies = List.copyOf(replies);
        answers = List.copyOf(answers);
        logRequests = List.copyOf(logRequests);
        checks = List.copyOf(checks);
        notifications = List.copyOf(notifications);
        settledNotifications = List.copyOf(settledNotifications);
        withheld = withheld == null ? null : Set.copyOf(withheld);
        reads = List.copyOf(reads);
        log = List.copyOf(log);
    }

    /** The retained values that are published before the events: who hears of an opening finds the door open. */
    public List<Retained> states() {
        return retained.stream().filter(value -> !value.isDetail()).toList();
    }

    /** The retained values that are published behind the events. */
    public List<Retained> details() {
        return retained.stream().filter(Retained::isDetail).toList();
    }

    /**
     * An event with its priority.
     *
     * @param event what happened
     * @param priority what may be dropped first; an alarm has a line on the alarm topic
     */
    public record Recorded(Event event, Priority priority) {}

    /**
     * Switch an output's line; answered by {@link Input.OutputFailed} if that can't be done, and by {@link Input.OutputDriven}
     * if it can again.
     *
     * @param output the output's index
     * @param on whether it is to be on
     */
    public record SwitchOutput(int output, boolean on) {}

    /** An answer to somebody on this machine. */
    public sealed interface Answer {

        /** Who asked, as it was given with the question. */
        long requestId();
    }

    /**
     * The answer to {@link Input.PanelCommanded}.
     *
     * @param requestId as it was given with the command
     * @param command the command
     * @param answer what became of it
     */
    public record PanelAnswered(long requestId, PanelCommand command, PanelAnswer answer) implements Answer {}

    /**
     * The answer to {@link Input.WalkOrdered}.
     *
     * @param requestId as it was given with the order
     * @param answer what became of it
     */
    public record WalkAnswered(long requestId, WalkAnswer answer) implements Answer {}

    /**
     * A test alarm was raised as asked for.
     *
     * @param requestId as it was given with the request
     * @param seq number of its event
     */
    public record TestRaised(long requestId, long seq) implements Answer {}

    /**
     * A range of the event log that somebody wants.
     *
     * @param request what is wanted, and where
     * @param newest the newest number of an event recorded so far; the answer goes no further
     */
    public record LogWanted(LogRequest request, long newest) {}

    /**
     * A code or signature to check.
     *
     * @param command the command, returned with the answer
     * @param proof its code or signature
     */
    public record CodeCheck(Command command, Proof proof) {}

    /**
     * Other numbers for events of the log, and for the messages of those that still wait.
     *
     * @param fromSeq the lowest number
     * @param toSeq the highest
     * @param by what is added to each
     */
    public record Renumbering(long fromSeq, long toSeq, long by) {}

    /**
     * The wall clock is synchronised now: events of this start that were stamped before, and have not left yet, happened at
     * {@code wallMillisAtUptimeZero} plus their uptime.
     *
     * @param boot number of this start
     * @param wallMillisAtUptimeZero the gateway's start by the clock as it is now, in milliseconds since 1970
     */
    public record ClockCorrection(long boot, long wallMillisAtUptimeZero) {}

    /**
     * The core's part of the diagnostics.
     *
     * @param time the wall clock's time
     * @param uptimeSeconds seconds since the gateway's start
     * @param clockSynced whether the wall clock can be trusted
     * @param reconnects how often the connection to the broker came back
     * @param refusedCommands how many commands were refused since the start, by the reason's word
     */
    public record Heartbeat(
            Instant time,
            long uptimeSeconds,
            boolean clockSynced,
            long reconnects,
            Map<String, Long> refusedCommands) {}

    /**
     * A line for the log.
     *
     * @param warning true if somebody should look at it
     * @param text one line
     */
    public record LogLine(boolean warning, String text) {}
}
