package io.github.reedgate.store;

import io.github.reedgate.delivery.LogTopic;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventId;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.Priority;
import io.github.reedgate.event.SeqRange;
import io.github.reedgate.message.Messages;
import io.github.reedgate.message.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Events and messages as the core makes them, by their number. */
final class Samples {

    static final Instant START = Instant.parse("2026-11-22T21:00:00Z");
    static final Messages MESSAGES = new Messages(Topics.of("reedgate", "home"));

    private Samples() {}

    /** Event of a number: the front door opens at odd ones, closes at even ones, a second after the one before. */
    static LogRow event(long seq) {
        boolean open = seq % 2 == 1;
        return event(seq, open ? EventType.OPENED : EventType.CLOSED, "front_door", open ? "open" : "closed");
    }

    static LogRow event(long seq, EventType type, String sensor, String state) {
        return at(seq, 1, START.plusSeconds(seq), true, type, sensor, state);
    }

    static LogRow at(Instant time, long seq) {
        return at(seq, 1, time, true, EventType.OPENED, "front_door", "open");
    }

    static LogRow notSynced(long boot, long seq, Instant time) {
        return at(seq, boot, time, false, EventType.OPENED, "front_door", "open");
    }

    @SuppressWarnings("checkstyle:ParameterNumber")
    private static LogRow at(
            long seq, long boot, Instant time, boolean synced, EventType type, String sensor, String state) {
        Event event = new Event(
                type,
                new Event.Stamp(EventId.of(time, 7, seq), seq, boot, time, synced, seq * 1_000),
                "home",
                sensor,
                "Front door",
                state,
                "Front door " + type.word(),
                Map.of());
        return LogRow.of(event, Priority.ROUTINE);
    }

    /** The same event with a line on the alarm topic. */
    static LogRow alarm(long seq) {
        return event(seq).with(Priority.ALARM);
    }

    /** An event under a number. */
    static Batch batch(long seq) {
        return new Batch(List.of(event(seq)), null);
    }

    /** Events of a range of numbers. */
    static List<LogRow> events(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(Samples::event).toList();
    }

    /** Every number of the rows. */
    static List<Long> seqs(List<LogRow> rows) {
        return rows.stream().map(LogRow::seq).toList();
    }

    /** Asks for a page of the log. */
    static StoreCommand.Load load(LogTopic topic, long request, long from, long to, int limit) {
        return new StoreCommand.Load(topic, request, new SeqRange(from, to), limit);
    }
}
