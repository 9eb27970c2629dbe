package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.event.LogRow;
import io.github.reedgate.event.Priority;
import io.github.reedgate.event.SeqRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random histories of both readers against lists: append, send, acknowledge in any order, refuse, lose the connection, restart from what was
 * stored, drop, send again, fail to read. Everything that was not dropped arrives; the seed of a failing one is in the message.
 */
class LogReaderHistoriesTest {

    private static final int HISTORIES = 3_000;
    private static final int STEPS = 150;

    @Test
    void everythingThatIsNotDroppedArrives() {
        long repeats = 0;
        long unread = 0;
        for (int seed = 0; seed < HISTORIES; seed++) {
            History history = new History(new Random(seed));
            for (int step = 0; step < STEPS; step++) {
                history.step();
            }
            history.end("seed " + seed);
            repeats += history.repeats;
            unread += history.unread;
        }
        assertThat(repeats).as("repeats").isPositive();
        assertThat(unread).as("pages that could not be read").isPositive();
    }

    private static final class History {

        private final Random random;
        private final MemoryLog log = new MemoryLog(Integer.MAX_VALUE);
        private LogReaders readers = log.readers();
        private DeliveryState stored = DeliveryState.NOTHING;
        private final Map<LogTopic, Set<Long>> arrived = new HashMap<>();
        private final Map<LogTopic, List<Long>> inFlight = new HashMap<>();
        private final Set<Long> gone = new TreeSet<>();
        private long last;
        private long repeats;
        private long unread;

        History(Random random) {
            this.random = random;
        }

        private Set<Long> arrived(LogTopic topic) {
            return arrived.computeIfAbsent(topic, key -> new TreeSet<>());
        }

        private List<Long> inFlight(LogTopic topic) {
            return inFlight.computeIfAbsent(topic, key -> new ArrayList<>());
        }

        private LogReader reader(LogTopic topic) {
            return topic == LogTopic.EVENT ? readers.events() : readers.alarms();
        }

        void step() {
            LogTopic topic = random.nextInt(3) == 0 ? LogTopic.ALARM : LogTopic.EVENT;
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> append();
                case 3, 4 -> send(topic, 1 + random.nextInt(8));
                case 5, 6, 7 -> answer(topic);
                case 8 -> read();
                case 9 -> {
                    if (random.nextInt(4) == 0) {
                        disconnect();
                    }
                }
                case 10 -> store();
                default -> rare();
            }
        }

        private void append() {
            last += random.nextInt(10) == 0 ? 1L + random.nextInt(50) : 1L;
            boolean rings = random.nextInt(4) == 0;
            LogRow row = MemoryLog.row(last, "r" + last, rings ? Priority.ALARM : Priority.ROUTINE);
            log.put(row);
            if (rings && random.nextBoolean()) { // the line goes ahead of all
                readers.alarms().sent(last);
                inFlight(LogTopic.ALARM).add(last);
            }
            readers.append(row);
        }

        private void send(LogTopic topic, int most) {
            for (int i = 0; i < most; i++) {
                Optional<LogRow> row = reader(topic).next();
                if (row.isEmpty()) {
                    return;
                }
                assertThat(topic.has(row.get())).isTrue();
                reader(topic).sent(row.get().seq());
                inFlight(topic).add(row.get().seq());
            }
        }

        private void answer(LogTopic topic) {
            List<Long> sent = inFlight(topic);
            if (sent.isEmpty()) {
                return;
            }
            long seq = sent.remove(random.nextInt(sent.size()));
            if (random.nextInt(6) == 0) {
                reader(topic).failed(seq);
            } else {
                repeats += arrived(topic).add(seq) ? 0 : 1;
                reader(topic).acknowledged(seq);
            }
        }

        private void read() {
            if (log.asked().isPresent() && random.nextInt(3) == 0) {
                unread++;
                log.answerUnread();
            } else {
                log.answer();
            }
            if (random.nextInt(3) == 0) {
                readers.readAgain();
            }
        }

        private void disconnect() {
            inFlight.values().forEach(List::clear);
            readers.events().connectionEnded();
            readers.alarms().connectionEnded();
        }

        private void store() {
            if (random.nextBoolean()) {
                stored = readers.state();
            }
        }

        private void rare() {
            switch (random.nextInt(6)) {
                case 0 -> {
                    disconnect();
                    readers = log.restart(stored);
                }
                case 1 -> drop();
                case 2 -> {
                    long from = 1L + random.nextInt(Math.toIntExact(last) + 1);
                    long to = Math.min(last, from + random.nextInt(10));
                    if (from <= to) {
                        readers.events().resend(new SeqRange(from, to));
                    }
                }
                default -> {}
            }
        }

        private void drop() {
            DeliveryState state = readers.state();
            log.rows().stream()
                    .filter(row -> !state.isDelivered(row))
                    .findFirst()
                    .ifPresent(row -> {
                        log.lose(row.seq());
                        gone.add(row.seq());
                        readers.dropped(
                                new Drops(1, 0),
                                state.event().contains(row.seq()) ? 0 : 1,
                                row.hasLine() && !state.alarm().contains(row.seq()) ? 1 : 0);
                    });
        }

        void end(String seed) {
            readers.readAgain();
            disconnect();
            for (int round = 0; round < 10_000 && readers.depth() > 0; round++) {
                log.answer();
                for (LogTopic topic : LogTopic.values()) {
                    send(topic, 64);
                    for (long seq : List.copyOf(inFlight(topic))) {
                        arrived(topic).add(seq);
                        reader(topic).acknowledged(seq);
                    }
                    inFlight(topic).clear();
                }
            }
            assertThat(readers.depth()).as(seed).isZero();
            for (LogRow row : log.rows()) {
                for (LogTopic topic : LogTopic.values()) {
                    if (topic.has(row)) {
                        assertThat(arrived(topic)).as("%s on %s", seed, topic).contains(row.seq());
                    }
                }
            }
            assertThat(readers.state().event().upTo()).as(seed).isGreaterThanOrEqualTo(lastRow());
        }

        private long lastRow() {
            List<LogRow> rows = log.rows();
            return rows.isEmpty() ? 0 : rows.get(rows.size() - 1).seq();
        }
    }
}
