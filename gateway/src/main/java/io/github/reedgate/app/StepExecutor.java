package io.github.reedgate.app;

import io.github.reedgate.core.SnapshotJson;
import io.github.reedgate.core.StepOutput;
import io.github.reedgate.delivery.Journal;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Retained;
import io.github.reedgate.notice.Grade;
import io.github.reedgate.notice.Notice;
import io.github.reedgate.notice.NoticeDocument;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes the output of a step, in the order that {@link StepOutput} states. An element that fails is lost; the others are
 * executed. Levels are not read here: the loop does that afterwards. Owned by the loop's thread; never blocks.
 */
final class StepExecutor {

    private static final Logger LOG = LoggerFactory.getLogger(StepExecutor.class);

    private final GatewayLoop.Parts parts;
    private final Mishaps mishaps;
    private final Deque<Integer> wantedReads = new ArrayDeque<>();
    private final Promises promises = new Promises();
    private final List<Consumer<Boolean>> promised = new ArrayList<>();
    private final Map<String, Long> shown = new HashMap<>();
    private final Map<String, Message> withheld = new LinkedHashMap<>();
    private Set<String> withholding = Set.of();
    private long steps;

    StepExecutor(GatewayLoop.Parts parts, Mishaps mishaps) {
        this.parts = parts;
        this.mishaps = mishaps;
    }

    /** Indices of the sensors whose level is wanted, oldest first; the caller removes them. */
    Deque<Integer> wantedReads() {
        return wantedReads;
    }

    /** Carries out what one step wants done. */
    void carryOut(StepOutput output) {
        steps++;
        promised.clear();
        Journal journal = parts.storage().journal();
        journal.begin();
        try {
            correct(output, journal);
            alarms(output);
            states(output);
            each(output.events(), recorded -> journal.keep(recorded.event()));
            each(output.events(), this::publish);
            details(output);
            store(output, journal);
            answers(output);
            each(output.logRequests(), this::sendLog);
            each(output.log(), StepExecutor::log);
            wantedReads.addAll(output.reads());
        } finally {
            journal.end();
        }
    }

    private <T> void each(List<T> list, Consumer<T> work) {
        for (T element : list) {
            mishaps.survive(() -> work.accept(element), element);
        }
    }

    private <T> void one(@Nullable T element, Consumer<T> work) {
        if (element != null) {
            mishaps.survive(() -> work.accept(element), element);
        }
    }

    /** Corrects numbers and times of the events of earlier steps. */
    private void correct(StepOutput output, Journal journal) {
        one(
                output.renumbering(),
                other -> parts.storage().outbox().renumber(other.fromSeq(), other.toSeq(), other.by()));
        one(output.clock(), clock -> journal.correctClock(clock.boot(), clock.wallMillisAtUptimeZero()));
    }

    /** Publishes the alarm lines, then switches the siren. Both come before the disk and everything else. */
    private void alarms(StepOutput output) {
        boolean rings = false;
        for (StepOutput.Recorded recorded : output.events()) {
            if (recorded.priority() == Priority.ALARM) {
                rings = true;
                mishaps.survive(() -> ring(recorded.event(), output), recorded);
            }
        }
        each(output.outputs(), wanted -> parts.outputs().drive(wanted.output(), wanted.on()));
        if (rings && parts.delivery().courier().isConnected()) {
            parts.queue().giveWay();
        }
    }

    private void ring(Event event, StepOutput output) {
        long requestId = 0;
        for (StepOutput.Answer answer : output.answers()) {
            if (answer instanceof StepOutput.TestRaised raised
                    && raised.seq() == event.stamp().seq()) {
                requestId = raised.requestId();
            }
        }
        parts.delivery().courier().publish(parts.payloads().alarmLine(event), Priority.ALARM, requestId);
    }

    /** Publishes states before events, so that a client that gets an opening finds the door open. */
    private void states(StepOutput output) {
        one(output.withheld(), topics -> withholding = topics);
        if (output.refreshRetained()) {
            mishaps.survive(() -> parts.delivery().courier().refresh(), "refresh");
        }
        each(output.states(), this::publish);
    }

    /** Publishes details behind events: at a broker that takes few messages at a time, each detail would delay an event. */
    private void details(StepOutput output) {
        each(output.details(), this::publish);
        release();
    }

    private void publish(Retained value) {
        publish(parts.payloads().retained(value), steps);
    }

    /** Publishes values that are no longer withheld; behind the step's own values, so that of each topic only the newest one goes. */
    private void release() {
        List<Message> free = withheld.values().stream()
                .filter(message -> !withholding.contains(message.topic()))
                .toList();
        withheld.keySet().retainAll(withholding);
        each(free, message -> parts.delivery().courier().publish(message, Priority.ROUTINE, 0));
    }

    /** What is retained and kept from the broker for a while. */
    Collection<Message> withheld() {
        return withheld.values();
    }

    private void publish(Message message, long step) {
        if (message.retain()) {
            shown.put(message.topic(), step);
            if (withholding.contains(message.topic())) {
                withheld.put(message.topic(), message);
                return;
            }
            withheld.remove(message.topic());
        }
        parts.delivery().courier().publish(message, Priority.ROUTINE, 0);
    }

    private void publish(StepOutput.Recorded recorded) {
        Priority priority = recorded.priority() == Priority.ROUTINE ? Priority.ROUTINE : Priority.ALARM;
        parts.delivery().courier().publish(parts.payloads().event(recorded.event()), priority, 0);
    }

    /** Stores the snapshot and the notifications with the events. */
    private void store(StepOutput output, Journal journal) {
        one(output.snapshot(), snapshot -> {
            journal.keepSnapshot(SnapshotJson.write(snapshot));
            NoticeDocument escalation = snapshot.escalation();
            parts.notifier()
                    .planned(
                            escalation == null ? null : escalation.plan(),
                            parts.time().now().monotonicNanos());
        });
        each(output.notifications(), this::notify);
        each(output.settledNotifications(), journal::forgetNotice);
        one(output.heartbeat(), beat -> parts.delivery().courier().publish(diagnostics(beat), Priority.ROUTINE, 0));
    }

    private Message diagnostics(StepOutput.Heartbeat beat) {
        List<LostSubscription> lost =
                parts.delivery().lostSubscriptions(parts.time().now());
        return parts.vitals().diagnostics(beat, parts.storage().outbox(), lost);
    }

    /** An alarm is sent at once; what answers a button or reports a command is sent when it is on disk. */
    private void notify(Notice notice) {
        long nowNanos = parts.time().now().monotonicNanos();
        OptionalLong id = parts.notifier().keep(notice, nowNanos);
        if (id.isPresent() && notice.grade() == Grade.ALARM) {
            parts.notifier().send(id.getAsLong(), notice, nowNanos);
        } else if (id.isPresent()) {
            promise(
                    notice,
                    stored -> parts.notifier()
                            .send(id.getAsLong(), notice, parts.time().now().monotonicNanos()));
        }
    }

    /** Holds replies and answers until the store has this step. */
    private void answers(StepOutput output) {
        each(output.checks(), parts.desk()::check);
        long step = steps;
        output.retainedOnceStored().forEach(value -> promise(value, stored -> publishIfNewest(value, step)));
        output.replies()
                .forEach(reply ->
                        promise(reply, stored -> publish(parts.payloads().reply(reply, stored), step)));
        output.answers()
                .forEach(answer -> promise(answer, stored -> parts.desk().answer(answer, stored)));
        if (!promised.isEmpty()) {
            long number = promises.hold(promised, parts.time().now().monotonicNanos());
            if (parts.storage().journal().confirm(number)) {
                promises.confirmed(number, true);
            }
        }
    }

    private void sendLog(StepOutput.LogWanted wanted) {
        parts.delivery().sendLog(wanted, parts.time().now().monotonicNanos());
    }

    private void promise(Object what, Consumer<Boolean> said) {
        promised.add(stored -> mishaps.survive(() -> said.accept(stored), what));
    }

    /** What something newer has replaced meanwhile is not published: an alarm did not wait for the disk. */
    private void publishIfNewest(Retained value, long step) {
        Message message = parts.payloads().retained(value);
        if (shown.getOrDefault(message.topic(), 0L) <= step) {
            publish(message, step);
        }
    }

    /** What was promised, and is said when the store has answered or it takes too long. */
    Promises promises() {
        return promises;
    }

    private static void log(StepOutput.LogLine line) {
        if (line.warning()) {
            LOG.warn(line.text());
        } else {
            LOG.info(line.text());
        }
    }
}
