package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.Outbox.Drops;
import io.github.reedgate.delivery.Outbox.Entry;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every outbox has to do, wherever it keeps its messages; each kind has a subclass that makes one. */
abstract class OutboxContractTest {

    private static final long SEED = 20_260_101L;

    /** An empty outbox with room for {@code capacity} messages. */
    abstract Outbox outbox(int capacity);

    @Test
    void emptyOutboxHasNothing() {
        Outbox outbox = outbox(3);

        assertThat(outbox.size()).isZero();
        assertThat(outbox.next(0)).isEmpty();
        assertThat(outbox.oldest("gate/event")).isEmpty();
        assertThat(outbox.takeDrops()).isEqualTo(Drops.NONE);
    }

    @Test
    void entriesComeInTheOrderTheyWereAppended() {
        Outbox outbox = outbox(3);
        Entry first = outbox.append(message("first"), Priority.ROUTINE);
        Entry second = outbox.append(message("second"), Priority.ALARM);

        assertThat(first.message().payload()).isEqualTo("first");
        assertThat(first.priority()).isEqualTo(Priority.ROUTINE);
        assertThat(second.id()).isGreaterThan(first.id());
        assertThat(first.id()).isPositive();
        assertThat(outbox.next(0)).contains(first);
        assertThat(outbox.next(first.id())).contains(second);
        assertThat(outbox.next(second.id())).isEmpty();
        assertThat(outbox.size()).isEqualTo(2);
    }

    @Test
    void placeInTheOrderOutlivesItsEntry() {
        Outbox outbox = outbox(3);
        Entry first = outbox.append(message("first"), Priority.ROUTINE);
        Entry second = outbox.append(message("second"), Priority.ROUTINE);

        outbox.remove(first.id());

        assertThat(outbox.next(first.id())).contains(second);
        assertThat(outbox.next(0)).contains(second);
        assertThat(outbox.size()).isEqualTo(1);
    }

    @Test
    void eventsOfARangeGetOtherNumbersAndKeepTheirPlace() {
        Outbox outbox = outbox(10);
        for (long seq = 1; seq <= 4; seq++) {
            outbox.append(numbered(seq), Priority.ROUTINE);
        }
        outbox.renumber(2, 3, 100);
        outbox.append(numbered(104), Priority.ALARM);

        assertThat(entries(outbox))
                .extracting(entry -> entry.message().userProperties().get("seq"))
                .containsExactly("1", "102", "103", "4", "104");
        assertThat(entries(outbox))
                .extracting(entry -> entry.message().payload().replace("true", "false"))
                .containsExactly(
                        numbered(1).payload(),
                        numbered(102).payload(),
                        numbered(103).payload(),
                        numbered(4).payload(),
                        numbered(104).payload());
    }

    private static Message numbered(long seq) {
        return new Message(
                "gate/event",
                "{\"event_type\":\"test\",\"seq\":" + seq + ",\"replayed\":false,\"message\":\"seq:2,\"}",
                QoS.AT_LEAST_ONCE,
                false,
                Message.JSON,
                Map.of("seq", Long.toString(seq)));
    }

    @Test
    void removingTwiceOrWhatNeverWasChangesNothing() {
        Outbox outbox = outbox(3);
        Entry first = outbox.append(message("first"), Priority.ROUTINE);

        outbox.remove(first.id());
        outbox.remove(first.id());
        outbox.remove(4711);

        assertThat(outbox.size()).isZero();
        assertThat(outbox.takeDrops()).as("a removal is no drop").isEqualTo(Drops.NONE);
    }

    @Test
    void numberOfARemovedEntryIsNotGivenAgain() {
        Outbox outbox = outbox(3);
        Entry first = outbox.append(message("first"), Priority.ROUTINE);
        outbox.remove(first.id());

        assertThat(outbox.append(message("second"), Priority.ROUTINE).id()).isGreaterThan(first.id());
    }

    @Test
    void oldestEntryOfATopicIsFound() {
        Outbox outbox = outbox(4);
        outbox.append(message("gate/event", "1"), Priority.ROUTINE);
        Entry alarm = outbox.append(message("gate/alarm", "2"), Priority.ALARM);
        outbox.append(message("gate/alarm", "3"), Priority.ALARM);

        assertThat(outbox.oldest("gate/alarm")).contains(alarm);
        assertThat(outbox.oldest("gate/other")).isEmpty();
    }

    @Test
    void oldestRoutineMessageGoesFirstWhenThereIsNoRoom() {
        Outbox outbox = outbox(3);
        outbox.append(message("alarm 1"), Priority.ALARM);
        outbox.append(message("routine 2"), Priority.ROUTINE);
        outbox.append(message("routine 3"), Priority.ROUTINE);

        outbox.append(message("routine 4"), Priority.ROUTINE);
        assertThat(payloads(outbox)).containsExactly("alarm 1", "routine 3", "routine 4");
        outbox.append(message("alarm 5"), Priority.ALARM);
        assertThat(payloads(outbox)).containsExactly("alarm 1", "routine 4", "alarm 5");

        assertThat(outbox.takeDrops()).isEqualTo(new Drops(2, 0));
        assertThat(outbox.takeDrops()).as("told once").isEqualTo(Drops.NONE);
    }

    @Test
    void alarmGoesOnlyForAnotherAlarm() {
        Outbox outbox = outbox(2);
        outbox.append(message("alarm 1"), Priority.ALARM);
        outbox.append(message("alarm 2"), Priority.ALARM);

        Entry routine = outbox.append(message("routine 3"), Priority.ROUTINE);
        assertThat(payloads(outbox)).containsExactly("alarm 1", "alarm 2");
        outbox.remove(routine.id());
        outbox.append(message("alarm 4"), Priority.ALARM);
        assertThat(payloads(outbox)).containsExactly("alarm 2", "alarm 4");

        assertThat(outbox.takeDrops()).isEqualTo(new Drops(1, 1));
    }

    @Test
    void roomMadeByARemovalIsUsedBeforeAnythingIsDropped() {
        Outbox outbox = outbox(1);
        Entry first = outbox.append(message("first"), Priority.ROUTINE);
        outbox.remove(first.id());
        outbox.append(message("second"), Priority.ALARM);

        assertThat(payloads(outbox)).containsExactly("second");
        assertThat(outbox.takeDrops()).isEqualTo(Drops.NONE);
    }

    @Test
    void agreesWithAPlainListOverRandomHistories() {
        for (int history = 0; history < 300; history++) {
            long seed = SEED + history;
            Random random = new Random(seed);
            int capacity = 1 + random.nextInt(8);
            Outbox outbox = outbox(capacity);
            ListModel model = new ListModel(capacity);
            for (int step = 0; step < 60; step++) {
                if (random.nextInt(3) > 0) {
                    Priority priority = random.nextInt(3) == 0 ? Priority.ALARM : Priority.ROUTINE;
                    model.append(outbox.append(message("m" + step), priority));
                } else if (!model.entries.isEmpty()) {
                    long id = model.entries
                            .remove(random.nextInt(model.entries.size()))
                            .id();
                    outbox.remove(id);
                }
                assertThat(entries(outbox)).as("seed %d, step %d", seed, step).isEqualTo(model.entries);
                assertThat(outbox.size()).isEqualTo(model.entries.size());
            }
            assertThat(outbox.takeDrops()).as("seed %d", seed).isEqualTo(new Drops(model.routine, model.alarms));
        }
    }

    /** The contract once more, as simply as it can be said. */
    private static final class ListModel {
        private final int capacity;
        private final List<Entry> entries = new ArrayList<>();
        private long routine;
        private long alarms;

        ListModel(int capacity) {
            this.capacity = capacity;
        }

        void append(Entry entry) {
            entries.add(entry);
            if (entries.size() <= capacity) {
                return;
            }
            for (Entry candidate : List.copyOf(entries)) {
                if (candidate.priority() == Priority.ROUTINE) {
                    entries.remove(candidate);
                    routine++;
                    return;
                }
            }
            entries.remove(0);
            alarms++;
        }
    }

    /** Everything that waits, in order, as whoever sends it walks through it. */
    static List<Entry> entries(Outbox outbox) {
        List<Entry> all = new ArrayList<>();
        Optional<Entry> next = outbox.next(0);
        while (next.isPresent()) {
            all.add(next.get());
            next = outbox.next(next.get().id());
        }
        return all;
    }

    private static List<String> payloads(Outbox outbox) {
        return entries(outbox).stream().map(entry -> entry.message().payload()).toList();
    }

    private static Message message(String payload) {
        return message("gate/event", payload);
    }

    private static Message message(String topic, String payload) {
        return new Message(topic, payload, QoS.AT_LEAST_ONCE, false, Message.TEXT, Map.of());
    }
}
