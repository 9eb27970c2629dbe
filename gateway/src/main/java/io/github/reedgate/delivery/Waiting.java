package io.github.reedgate.delivery;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.SeqRange;
import io.github.reedgate.message.LogMessages;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.Messages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * All that waits for the broker and is not retained: alarm lines, replies and events, in this order of sending. A message is named by its
 * topic and its number there. Owned by the loop thread.
 */
final class Waiting {

    private final LogReaders readers;
    private final LogReader events;
    private final LogReader alarms;
    private final Replies replies = new Replies();
    private final Rendering rendering;
    private final String eventTopic;
    private final String alarmTopic;
    // by the number of an alarm line, who asked for it
    private final Map<Long, Long> requests = new HashMap<>();
    // events that wait for a moment only, on the connection on which they were recorded: that is not late
    private final Set<Long> live = new HashSet<>();

    Waiting(LogReaders readers, LogMessages messages) {
        this.readers = readers;
        this.events = readers.events();
        this.alarms = readers.alarms();
        this.rendering = new Rendering(messages);
        this.eventTopic = messages.eventTopic();
        this.alarmTopic = messages.alarmTopic();
    }

    LogReaders readers() {
        return readers;
    }

    Rendering rendering() {
        return rendering;
    }

    /** An alarm line is delivered for somebody who is told of it; {@code requestId} is 0 if nobody is. */
    void asked(long seq, long requestId) {
        if (requestId != 0) {
            requests.put(seq, requestId);
        }
    }

    /** Whether no reply and no event waits that is not in flight, so that a new event is the next one. */
    boolean isAllSent() {
        return replies.next(0).isEmpty() && events.isAllSent();
    }

    void append(LogRow row) {
        readers.append(row);
    }

    /** An event waits for a moment only. */
    void keepLive(long seq) {
        live.add(seq);
    }

    long reply(Message message) {
        return replies.add(message);
    }

    /** Whether a reply is the next one. */
    boolean isNextReply(long number) {
        return replies.next(0).filter(next -> next.getKey() == number).isPresent();
    }

    /** There is a new connection: whatever waits is late, and is looked at again. */
    void connected() {
        live.clear();
        connectionEnded();
    }

    void connectionEnded() {
        events.connectionEnded();
        alarms.connectionEnded();
        replies.connectionEnded();
    }

    /** Everything that waits is looked at again. */
    void anew() {
        events.lookAgain();
        alarms.lookAgain();
    }

    /** The next ones, at most so many, but for those on topics that are held back. They count as in flight from now on. */
    List<InFlightWindow.Sent> next(int most, Predicate<String> held) {
        List<InFlightWindow.Sent> batch = new ArrayList<>();
        take(alarms, alarmTopic, most, held, batch);
        long last = 0;
        while (batch.size() < most) {
            Optional<Map.Entry<Long, Message>> reply = replies.next(last);
            if (reply.isEmpty()) {
                break;
            }
            last = reply.get().getKey();
            if (!held.test(reply.get().getValue().topic())) {
                replies.sent(last);
                batch.add(late(reply.get()));
            }
        }
        take(events, eventTopic, most, held, batch);
        return batch;
    }

    private void take(
            LogReader reader, String topic, int most, Predicate<String> held, List<InFlightWindow.Sent> batch) {
        if (held.test(topic)) {
            return;
        }
        while (batch.size() < most) {
            Optional<LogRow> row = reader.next();
            if (row.isEmpty()) {
                return;
            }
            batch.add(late(row.get(), topic));
            reader.sent(row.get().seq());
        }
    }

    /** A message was handed to the connection. */
    void sent(InFlightWindow.Sent sent) {
        switch (kind(sent)) {
            case EVENT -> events.sent(sent.number());
            case LINE -> alarms.sent(sent.number());
            case REPLY -> replies.sent(sent.number());
            case NONE -> {}
        }
    }

    /** A message was accepted or set aside; returns the request that it was made for, if there was one. */
    OptionalLong done(InFlightWindow.Sent sent) {
        switch (kind(sent)) {
            case EVENT -> {
                events.acknowledged(sent.number());
                live.remove(sent.number());
            }
            case LINE -> {
                alarms.acknowledged(sent.number());
                Long request = requests.remove(sent.number());
                return request == null ? OptionalLong.empty() : OptionalLong.of(request);
            }
            case REPLY -> replies.done(sent.number());
            case NONE -> {}
        }
        return OptionalLong.empty();
    }

    /** A message was refused or not answered; it waits on. */
    void failed(InFlightWindow.Sent sent) {
        switch (kind(sent)) {
            case EVENT -> events.failed(sent.number());
            case LINE -> alarms.failed(sent.number());
            case REPLY -> replies.failed(sent.number());
            case NONE -> {}
        }
    }

    private enum Kind {
        NONE,
        EVENT,
        LINE,
        REPLY
    }

    private Kind kind(InFlightWindow.Sent sent) {
        if (sent.number() == 0) {
            return Kind.NONE;
        }
        String topic = sent.message().topic();
        if (topic.equals(eventTopic)) {
            return Kind.EVENT;
        }
        return topic.equals(alarmTopic) ? Kind.LINE : Kind.REPLY;
    }

    /** The oldest on a topic above a number, whether in flight or not; empty if none is at hand. */
    Optional<InFlightWindow.Sent> oldest(String topic, long after) {
        if (topic.equals(eventTopic)) {
            return events.first(after).map(row -> late(row, topic));
        } else if (topic.equals(alarmTopic)) {
            return alarms.first(after).map(row -> late(row, topic));
        }
        long last = after;
        Optional<Map.Entry<Long, Message>> reply = replies.next(last);
        while (reply.isPresent() && !reply.get().getValue().topic().equals(topic)) {
            last = reply.get().getKey();
            reply = replies.next(last);
        }
        return reply.map(Waiting::late);
    }

    /** The oldest alarm line that is not in flight. */
    Optional<InFlightWindow.Sent> oldestLine() {
        return alarms.next().map(row -> late(row, alarmTopic));
    }

    /** True if rows of a topic may come that are not at hand yet. */
    boolean isReading(String topic) {
        return (topic.equals(eventTopic) && events.isReading()) || (topic.equals(alarmTopic) && alarms.isReading());
    }

    private InFlightWindow.Sent late(LogRow row, String topic) {
        Message message =
                topic.equals(eventTopic) ? rendering.event(row, !live.contains(row.seq())) : rendering.line(row, true);
        return new InFlightWindow.Sent(message, row.seq(), false);
    }

    private static InFlightWindow.Sent late(Map.Entry<Long, Message> reply) {
        return new InFlightWindow.Sent(Messages.replayed(reply.getValue()), reply.getKey(), false);
    }

    /** Events got other numbers. */
    void renumbered(SeqRange old, long by) {
        readers.renumbered(old, by);
        Set<Long> before = Set.copyOf(live);
        live.clear();
        before.forEach(seq -> live.add(old.contains(seq) ? seq + by : seq));
        Map<Long, Long> asked = Map.copyOf(requests);
        requests.clear();
        asked.forEach((seq, request) -> requests.put(old.contains(seq) ? seq + by : seq, request));
    }

    /** Whether a message is one of the log. */
    boolean isOfLog(InFlightWindow.Sent sent) {
        Kind kind = kind(sent);
        return kind == Kind.EVENT || kind == Kind.LINE;
    }

    long size() {
        return readers.depth() + replies.size();
    }
}
