package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelAnswer;
import io.github.reedgate.command.Command;
import io.github.reedgate.command.Proof;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.core.StepOutput.Recorded;
import io.github.reedgate.event.AlarmLine;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventId;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Reply;
import io.github.reedgate.message.Retained;
import io.github.reedgate.notice.Notice;
import io.github.reedgate.notice.Told;
import io.github.reedgate.time.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers events and collects what one step wants done; lives as long as that step. */
final class Reporter {

    private final GatewaySettings settings;
    private final Timestamp now;
    private final long startNanos;
    private final List<Recorded> events = new ArrayList<>(0);
    private final List<StepOutput.SwitchOutput> outputs = new ArrayList<>(0);
    private final List<Retained> retained = new ArrayList<>(0);
    private final List<Retained> retainedOnceStored = new ArrayList<>(0);
    private final List<Reply> replies = new ArrayList<>(0);
    private final List<StepOutput.Answer> answers = new ArrayList<>(0);
    private final List<StepOutput.LogWanted> logRequests = new ArrayList<>(0);
    private final List<StepOutput.CodeCheck> checks = new ArrayList<>(0);
    private final List<Notice> notifications = new ArrayList<>(0);
    private final List<Long> settledNotifications = new ArrayList<>(0);
    private final List<Integer> reads = new ArrayList<>(0);
    private final List<StepOutput.LogLine> log = new ArrayList<>(0);
    private @Nullable GatewaySnapshot snapshot;
    private StepOutput.@Nullable Renumbering renumbering;
    private StepOutput.@Nullable ClockCorrection clock;
    private StepOutput.@Nullable Heartbeat heartbeat;
    private StepOutput.@Nullable PanelAnswered panelAnswer;
    private @Nullable Set<String> withheld;
    private boolean clockSynced;
    private boolean refreshRetained;
    private long nextSeq;

    Reporter(GatewaySettings settings, GatewayState state, Timestamp now) {
        this.settings = settings;
        this.now = now;
        this.startNanos = state.startNanos();
        this.clockSynced = state.clock().synced();
        this.nextSeq = state.nextSeq();
    }

    /** Whether the wall clock can be trusted, from now on in this step. */
    void clockSynced(boolean isSynced) {
        clockSynced = isSynced;
    }

    /** All that was collected. */
    StepOutput output() {
        return new StepOutput(
                events,
                outputs,
                retained,
                retainedOnceStored,
                replies,
                answers,
                logRequests,
                checks,
                notifications,
                settledNotifications,
                snapshot,
                renumbering,
                clock,
                heartbeat,
                withheld,
                refreshRetained,
                reads,
                log);
    }

    long nextSeq() {
        return nextSeq;
    }

    void skipTo(long seq) {
        nextSeq = seq;
    }

    void renumber(long fromSeq, long toSeq, long by) {
        renumbering = new StepOutput.Renumbering(fromSeq, toSeq, by);
    }

    Instant wallAt(long atNanos) {
        return now.atNanos(atNanos).wall();
    }

    /** Publishes a retained value. */
    void retain(Retained value) {
        retained.add(value);
    }

    /** Publishes a retained value that must not be seen before this step is stored, or is known not to be. */
    void retainOnceStored(Retained value) {
        retainedOnceStored.add(value);
    }

    /** Answers a command once this step is stored, or is known not to be. */
    void reply(Reply reply) {
        replies.add(reply);
    }

    /** Sends a range of the event log to whoever asked for it. */
    void sendLog(StepOutput.LogWanted wanted) {
        logRequests.add(wanted);
    }

    void readLevel(int sensor) {
        reads.add(sensor);
    }

    void drive(int output, boolean on) {
        outputs.add(new StepOutput.SwitchOutput(output, on));
    }

    void log(boolean warning, String text) {
        log.add(new StepOutput.LogLine(warning, text));
    }

    void withhold(Set<String> topics) {
        withheld = topics;
    }

    void refresh() {
        refreshRetained = true;
    }

    void heartbeat(long reconnects, Map<String, Long> refusedCommands) {
        long uptimeSeconds = (now.monotonicNanos() - startNanos) / 1_000_000_000;
        heartbeat = new StepOutput.Heartbeat(now.wall(), uptimeSeconds, clockSynced, reconnects, refusedCommands);
    }

    void checkCode(Command command, Proof proof) {
        checks.add(new StepOutput.CodeCheck(command, proof));
    }

    void correctClock(long boot, long wallMillisAtUptimeZero) {
        clock = new StepOutput.ClockCorrection(boot, wallMillisAtUptimeZero);
    }

    /** Records a routine event about the whole gateway that happened now. */
    Event gatewayEvent(EventType type, String message, Map<String, Object> more) {
        return gatewayEvent(type, Priority.ROUTINE, message, more);
    }

    /** The same with another priority. */
    Event gatewayEvent(EventType type, Priority priority, String message, Map<String, Object> more) {
        Event event =
                new Event(type, stamp(now.monotonicNanos()), settings.gatewayId(), null, null, null, message, more);
        record(event, priority);
        return event;
    }

    /**
     * Whom an event is about.
     *
     * @param sensor the sensor
     * @param state its state word after the event
     * @param atNanos when it happened
     */
    record Subject(Sensor sensor, String state, long atNanos) {}

    /** An event about a sensor; not recorded yet. */
    Event sensorEvent(EventType type, Subject about, String message, Map<String, Object> more) {
        Sensor sensor = about.sensor();
        return new Event(
                type,
                stamp(about.atNanos()),
                settings.gatewayId(),
                sensor.id(),
                sensor.name(),
                about.state(),
                message,
                more);
    }

    /** An event of the panel that happened now, about a sensor or none; not recorded yet. */
    Event panelEvent(EventType type, @Nullable Subject about, String message, Map<String, Object> more) {
        if (about != null) {
            return sensorEvent(type, about, message, more);
        }
        return new Event(type, stamp(now.monotonicNanos()), settings.gatewayId(), null, null, null, message, more);
    }

    /** Records an event: it is stored in the log and published. */
    void record(Event event, Priority priority) {
        events.add(new Recorded(event, priority));
    }

    /** Lets an event that this step recorded ring after all. */
    void ring(Event event) {
        events.replaceAll(each -> each.event().equals(event) ? new Recorded(event, Priority.ALARM) : each);
    }

    /** The events so far, each with the line that goes to the alarm topic with it. */
    List<Told> told() {
        return events.stream()
                .map(each -> new Told(
                        each.event(),
                        each.priority() == Priority.ALARM ? AlarmLine.of(each.event(), settings.zone()) : null))
                .toList();
    }

    void tell(Notice notice) {
        notifications.add(notice);
    }

    void forgetNotice(long id) {
        settledNotifications.add(id);
    }

    void snapshot(GatewaySnapshot stored) {
        snapshot = stored;
    }

    void answerPanel(Input.PanelCommanded commanded, PanelAnswer answer) {
        panelAnswer = new StepOutput.PanelAnswered(commanded.requestId(), commanded.command(), answer);
        answers.add(panelAnswer);
    }

    /** What the panel answered in this step; null if it was not asked. */
    StepOutput.@Nullable PanelAnswered panelAnswer() {
        return panelAnswer;
    }

    void testRaised(long requestId, Event event) {
        answers.add(new StepOutput.TestRaised(requestId, event.stamp().seq()));
    }

    void answerWalk(long requestId, WalkAnswer answer) {
        answers.add(new StepOutput.WalkAnswered(requestId, answer));
    }

    private Event.Stamp stamp(long atNanos) {
        Instant time = wallAt(atNanos);
        long seq = nextSeq++;
        return new Event.Stamp(
                EventId.of(time, settings.start().seed(), seq),
                seq,
                settings.start().boot(),
                time,
                clockSynced,
                Math.max(0, (atNanos - startNanos) / 1_000_000));
    }
}
