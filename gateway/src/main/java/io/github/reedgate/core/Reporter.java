package io.github.reedgate.core;

import io.github.reedgate.alarm.PanelAnswer;
import io.github.reedgate.alarm.PanelDocument;
import io.github.reedgate.command.Command;
import io.github.reedgate.command.Proof;
import io.github.reedgate.contact.Sensor;
import io.github.reedgate.event.ClockText;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventId;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Draft;
import io.github.reedgate.message.Messages;
import io.github.reedgate.notice.Notice;
import io.github.reedgate.notice.NoticeDocument;
import io.github.reedgate.notice.Told;
import io.github.reedgate.time.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers events and collects the effects of one step; lives as long as that step. */
final class Reporter {

    private final GatewaySettings settings;
    private final Messages messages;
    private final Timestamp now;
    private final long startNanos;
    private final boolean clockSynced;
    private final List<Effect> effects = new ArrayList<>(6);
    private final List<Event> told = new ArrayList<>(2);
    private final Map<Long, String> lines = new HashMap<>(2);
    private long nextSeq;
    private int alarmsFirst;

    Reporter(GatewaySettings settings, Messages messages, GatewayState state, Timestamp now) {
        this.settings = settings;
        this.messages = messages;
        this.now = now;
        this.startNanos = state.startNanos();
        this.clockSynced = state.clock().synced();
        this.nextSeq = state.nextSeq();
    }

    List<Effect> effects() {
        return effects;
    }

    long nextSeq() {
        return nextSeq;
    }

    void skipTo(long seq) {
        nextSeq = seq;
    }

    void renumber(long fromSeq, long toSeq, long by) {
        effects.add(new Effect.Renumber(fromSeq, toSeq, by));
    }

    Instant wallAt(long atNanos) {
        return now.atNanos(atNanos).wall();
    }

    void publish(Draft draft) {
        effects.add(new Effect.Publish(draft, Priority.ROUTINE, 0));
    }

    /** Says something that is to be said only once it is on disk, or known not to be. */
    void promise(Draft kept, Draft unkept) {
        effects.add(new Effect.Promise(kept, unkept));
    }

    void readLevel(int sensor) {
        effects.add(new Effect.ReadLevel(sensor));
    }

    /** Behind the alarms, ahead of all else: a siren must not wait for what is written. */
    void drive(int output, boolean on) {
        effects.add(alarmsFirst, new Effect.Drive(output, on));
    }

    void log(boolean warning, String text) {
        effects.add(new Effect.Log(warning, text));
    }

    void withhold(Set<String> topics) {
        effects.add(new Effect.Withhold(topics));
    }

    void refresh() {
        effects.add(new Effect.Refresh());
    }

    void heartbeat(long reconnects, Map<String, Long> refusedCommands) {
        long uptimeSeconds = (now.monotonicNanos() - startNanos) / 1_000_000_000;
        effects.add(new Effect.Heartbeat(now.wall(), uptimeSeconds, clockSynced, reconnects, refusedCommands));
    }

    void checkCode(Command command, Proof proof) {
        effects.add(new Effect.CheckCode(command, proof));
    }

    void note(String name, String value) {
        effects.add(new Effect.Note(name, value));
    }

    void correctClock(long boot, long wallMillisAtUptimeZero) {
        effects.add(new Effect.CorrectClock(boot, wallMillisAtUptimeZero));
    }

    /** An event about the whole gateway that happened now; published as routine. */
    Event gatewayEvent(EventType type, String message, Map<String, Object> more) {
        Event event =
                new Event(type, stamp(now.monotonicNanos()), settings.gatewayId(), null, null, null, message, more);
        keep(event);
        publish(() -> messages.event(event));
        return event;
    }

    /** An event about the whole gateway that must not be lost and that rings nowhere by itself. */
    void silentAlarm(EventType type, String message, Map<String, Object> more) {
        publish(
                new Event(type, stamp(now.monotonicNanos()), settings.gatewayId(), null, null, null, message, more),
                Priority.ALARM);
    }

    /**
     * Whom an event is about.
     *
     * @param sensor the sensor
     * @param state its state word after the event
     * @param atNanos when it happened
     */
    record Subject(Sensor sensor, String state, long atNanos) {}

    /** An event about a sensor; not published yet. */
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

    /** An event of the panel that happened now, about a sensor or none; not published yet. */
    Event panelEvent(EventType type, @Nullable Subject about, String message, Map<String, Object> more) {
        if (about != null) {
            return sensorEvent(type, about, message, more);
        }
        return new Event(type, stamp(now.monotonicNanos()), settings.gatewayId(), null, null, null, message, more);
    }

    void publish(Event event, Priority priority) {
        keep(event);
        effects.add(new Effect.Publish(() -> messages.event(event), priority, 0));
    }

    /** Raises an alarm: the event's message and the clock time, as one line. */
    void alarm(Event event, long requestId) {
        effects.add(alarmLine(event, requestId));
    }

    /** The same, ahead of all that the step has wanted so far but other alarms: it must not wait for them to be written. */
    void alarmFirst(Event event) {
        effects.add(alarmsFirst++, alarmLine(event, 0));
    }

    private Effect.Publish alarmLine(Event event, long requestId) {
        String line = event.message() + ", "
                + ClockText.clock(event.stamp().time(), settings.zone())
                + (clockSynced ? "" : " (clock not set)");
        lines.put(event.stamp().seq(), line);
        return new Effect.Publish(() -> messages.alarm(line, event), Priority.ALARM, requestId);
    }

    private void keep(Event event) {
        effects.add(new Effect.Keep(event));
        told.add(event);
    }

    /** The events told so far, each with the line that went to the alarm topic with it. */
    List<Told> told() {
        return told.stream()
                .map(event -> new Told(event, lines.get(event.stamp().seq())))
                .toList();
    }

    void tell(Notice notice) {
        effects.add(new Effect.Notify(notice));
    }

    void forgetNotice(long id) {
        effects.add(new Effect.ForgetNotice(id));
    }

    void keepNotices(NoticeDocument document) {
        effects.add(new Effect.KeepNotices(document));
    }

    void keepPanel(PanelDocument document) {
        effects.add(new Effect.KeepPanel(document));
    }

    void answerPanel(Input.PanelCommanded commanded, PanelAnswer answer) {
        effects.add(new Effect.PanelAnswered(commanded.requestId(), commanded.command(), answer));
    }

    void testRaised(long requestId) {
        effects.add(new Effect.TestRaised(requestId));
    }

    void answerWalk(long requestId, WalkAnswer answer) {
        effects.add(new Effect.WalkAnswered(requestId, answer));
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
