package io.github.reedgate.delivery;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.Priority;
import io.github.reedgate.event.SeqRange;
import io.github.reedgate.message.LogMessages;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * An event log in memory: survives the broker, not the process. Pages are answered when the test says so. Its messages are on {@code
 * gate/event} and {@code gate/alarm} and have a row's text as payload. Used by one thread.
 */
public final class MemoryLog implements LogReaders.Sources, LogMessages {

    /** What was asked for and has no answer yet. */
    public record Asked(LogTopic topic, long request, SeqRange range, int limit) {}

    private final int capacity;
    private final TreeMap<Long, LogRow> rows = new TreeMap<>();
    private final Deque<Asked> asked = new ArrayDeque<>();
    private final Set<Long> dropped = new TreeSet<>();
    private LogReaders readers;
    private Consumer<Asked> listener = asked::add;
    private long last;
    private long damaged;

    /** A log that holds so many unsettled rows at most; then routine ones go first. */
    public MemoryLog(int capacity) {
        this.capacity = capacity;
        this.readers = new LogReaders(this, LogReaders.Stored.NOTHING);
    }

    /** Readers of it, from the beginning. */
    public LogReaders readers() {
        return readers;
    }

    /** Other readers of it, from what was stored; they take the place of the former. */
    public LogReaders restart(DeliveryState state) {
        asked.clear();
        readers = new LogReaders(this, stored(state));
        return readers;
    }

    LogReaders.Stored stored(DeliveryState state) {
        return new LogReaders.Stored(
                state,
                true,
                rows.isEmpty() ? state.event().upTo() : rows.lastKey(),
                rows.values().stream()
                        .filter(row -> !state.event().contains(row.seq()))
                        .count(),
                rows.values().stream()
                        .filter(row -> row.hasLine() && !state.alarm().contains(row.seq()))
                        .count());
    }

    /** From now on whoever asks for a page asks this one. */
    public void listen(Consumer<Asked> other) {
        listener = other;
    }

    @Override
    public LogSource of(LogTopic topic) {
        return (request, range, limit) -> listener.accept(new Asked(topic, request, range, limit));
    }

    /** The page that was asked for, as the store would read it now. */
    public LogPage page(Asked wanted, boolean whole) {
        List<LogRow> found = new ArrayList<>();
        SeqRange covered = wanted.range();
        if (whole) {
            for (LogRow row :
                    rows.subMap(covered.from(), true, covered.to(), true).values()) {
                if (wanted.topic().has(row)) {
                    found.add(row);
                    if (found.size() == wanted.limit()) {
                        covered = new SeqRange(covered.from(), row.seq());
                        break;
                    }
                }
            }
        }
        return new LogPage(wanted.request(), covered, found, whole);
    }

    /** Answers everything that was asked for; returns false if nothing was. */
    boolean answer() {
        boolean any = !asked.isEmpty();
        while (!asked.isEmpty()) {
            Asked next = asked.remove();
            readers.loaded(next.topic(), page(next, true));
        }
        return any;
    }

    /** Answers what was asked for longest with a page that could not be read. */
    void answerUnread() {
        Asked next = asked.remove();
        readers.loaded(next.topic(), page(next, false));
    }

    /** What was asked for longest; empty if nothing was. */
    Optional<Asked> asked() {
        return Optional.ofNullable(asked.peek());
    }

    /** Stores a row without telling the readers. */
    public void put(LogRow row) {
        last = Math.max(last, row.seq());
        rows.put(row.seq(), row);
        if (unsettled() > capacity) {
            drop();
        }
    }

    private long unsettled() {
        if (rows.size() <= capacity) {
            return rows.size();
        }
        DeliveryState state = readers.state();
        return rows.values().stream().filter(row -> !state.isDelivered(row)).count();
    }

    private void drop() {
        DeliveryState state = readers.state();
        Predicate<LogRow> isUnsettled = row -> !state.isDelivered(row);
        LogRow gone = rows.values().stream()
                .filter(isUnsettled.and(row -> row.priority() == Priority.ROUTINE))
                .findFirst()
                .or(() -> rows.values().stream().filter(isUnsettled).findFirst())
                .orElseThrow();
        rows.remove(gone.seq());
        dropped.add(gone.seq());
        boolean isRoutine = gone.priority() == Priority.ROUTINE;
        readers.dropped(
                new Drops(isRoutine ? 1 : 0, isRoutine ? 0 : 1),
                state.event().contains(gone.seq()) ? 0 : 1,
                gone.hasLine() && !state.alarm().contains(gone.seq()) ? 1 : 0);
    }

    /** Numbers of what was dropped. */
    Set<Long> dropped() {
        return dropped;
    }

    /** Takes a row out as if it had never been there. */
    void lose(long seq) {
        rows.remove(seq);
        damaged++;
    }

    /** How many were taken out. */
    long lost() {
        return damaged;
    }

    /** All rows, lowest number first. */
    public List<LogRow> rows() {
        return List.copyOf(rows.values());
    }

    /** Gives rows other numbers, as the store does. */
    public void renumber(long fromSeq, long toSeq, long by) {
        List<LogRow> old = List.copyOf(rows.subMap(fromSeq, true, toSeq, true).values());
        old.forEach(row -> rows.remove(row.seq()));
        old.forEach(row -> put(row.numbered(row.seq() + by)));
    }

    /** The next row. */
    LogRow row(String text, Priority priority) {
        return row(last + 1, text, priority);
    }

    static LogRow row(long seq, String text, Priority priority) {
        return new LogRow(seq, "id" + seq, 1, Instant.EPOCH, true, 0, "opened", null, null, null, text, null, priority);
    }

    /** An event happens that has no alarm line; returns its number. */
    long event(Publisher publisher, String text) {
        LogRow row = row(text, Priority.ROUTINE);
        put(row);
        publisher.append(row);
        return row.seq();
    }

    /** An alarm happens whose event the broker has already, so that only its line is sent; returns its number. */
    long line(Publisher publisher, String text, long requestId) {
        LogRow row = row(text, Priority.ALARM);
        publisher.ring(row, requestId);
        put(row);
        readers.append(row);
        readers.events().acknowledged(row.seq());
        return row.seq();
    }

    /** An alarm happens; returns its number. */
    long alarm(Publisher publisher, String text) {
        LogRow row = row(text, Priority.ALARM);
        publisher.ring(row, 0);
        put(row);
        publisher.append(row);
        return row.seq();
    }

    @Override
    public String eventTopic() {
        return "gate/event";
    }

    @Override
    public String alarmTopic() {
        return "gate/alarm";
    }

    @Override
    public Message event(LogRow row, boolean replayed) {
        return message(eventTopic(), row, replayed, Message.JSON);
    }

    @Override
    public Message alarmLine(LogRow row, boolean replayed) {
        return message(alarmTopic(), row, replayed, Message.TEXT);
    }

    private static Message message(String topic, LogRow row, boolean replayed, String type) {
        String payload = replayed ? row.message().replace("\"replayed\":false", "\"replayed\":true") : row.message();
        return new Message(
                topic, payload, QoS.AT_LEAST_ONCE, false, type, replayed ? Map.of("replayed", "true") : Map.of());
    }
}
