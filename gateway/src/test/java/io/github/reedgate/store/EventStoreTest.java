package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept and handed out again, on real files. */
class EventStoreTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private EventStore open() throws StoreException {
        return EventStore.open(folder, Bounds.DEFAULT);
    }

    private static List<Long> ids(List<Outbox.Entry> entries) {
        return entries.stream().map(Outbox.Entry::id).toList();
    }

    private static List<Long> seqs(List<Event> events) {
        return events.stream().map(event -> event.stamp().seq()).toList();
    }

    @Test
    void newStoreIsEmpty() throws StoreException {
        try (EventStore store = open()) {
            assertThat(store.movedAside()).isEmpty();
            assertThat(store.waiting(0, 10)).isEmpty();
            assertThat(store.waitingCount()).isZero();
            assertThat(store.lastEntryId()).isZero();
            assertThat(store.lastSeq()).isZero();
            assertThat(store.lastStates()).isEmpty();
            assertThat(store.newest()).isEmpty();
            assertThat(store.events(0, 10)).isEmpty();
            assertThat(store.prune()).isEqualTo(Outbox.Drops.NONE);
        }
    }

    @Test
    void whatWasCommittedIsThereAfterAnotherStart() throws StoreException {
        Event event = Samples.event(1);
        Outbox.Entry alarm = Samples.alarm(1, event);
        Outbox.Entry routine = Samples.routine(2, event);
        try (EventStore store = open()) {
            store.commit(new Batch(List.of(event), List.of(alarm, routine), List.of()));
        }
        try (EventStore store = open()) {
            assertThat(store.events(0, 10)).containsExactly(event);
            assertThat(store.newest()).contains(event);
            assertThat(store.lastSeq()).isEqualTo(1);
            assertThat(store.waiting(0, 10)).containsExactly(Samples.late(alarm), Samples.late(routine));
            assertThat(store.waitingCount()).isEqualTo(2);
            assertThat(store.lastEntryId()).isEqualTo(2);
        }
    }

    @Test
    void whatIsReadFromTheDiskSaysThatItIsLate() throws StoreException {
        Event event = Samples.event(1);
        try (EventStore store = open()) {
            store.commit(new Batch(List.of(event), List.of(Samples.routine(1, event)), List.of()));

            Message late = store.waiting(0, 1).get(0).message();
            assertThat(late.payload()).contains("\"replayed\":true").doesNotContain("\"replayed\":false");
            assertThat(late.userProperties()).containsEntry("replayed", "true").containsEntry("seq", "1");
        }
    }

    @Test
    void furtherFieldsAndOddTextComeBackAsTheyWere() throws StoreException {
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("outage_ms", 41_300L);
        more.put("clean", false);
        more.put("sensors", Map.of("door", "open"));
        more.put("text", "\"quoted\" \u0000 \n \uD83D\uDD14 ü");
        Event plain = Samples.event(1);
        Event event = new Event(
                EventType.LINK_RESTORED, plain.stamp(), "home", null, null, null, "line\u0000 \uD83D\uDD14", more);
        try (EventStore store = open()) {
            store.commit(new Batch(List.of(event), List.of(Samples.routine(1, event)), List.of()));

            assertThat(store.events(1, 1)).containsExactly(event);
            assertThat(List.copyOf(store.events(1, 1).get(0).more().keySet()))
                    .containsExactly("outage_ms", "clean", "sensors", "text");
            assertThat(store.waiting(0, 1)).containsExactly(Samples.late(Samples.routine(1, event)));
        }
    }

    @Test
    void removedMessagesWaitNoLongerAndTheirEventsStay() throws StoreException {
        try (EventStore store = open()) {
            store.commit(Samples.batch(1));
            store.commit(Samples.batch(2));
            store.commit(new Batch(List.of(), List.of(), List.of(1L, 99L)));

            assertThat(ids(store.waiting(0, 10))).containsExactly(2L);
            assertThat(store.waitingCount()).isEqualTo(1);
            assertThat(seqs(store.events(0, 10))).containsExactly(1L, 2L);
        }
    }

    @Test
    void exactlyTheRemovedAreGoneWhateverTheirOrderAndGaps() throws StoreException {
        try (EventStore store = open()) {
            for (long number = 1; number <= 12; number++) {
                store.commit(Samples.batch(number));
            }
            store.commit(new Batch(List.of(), List.of(), List.of(12L, 3L, 2L, 99L, 5L, 7L, 6L, 10L)));

            assertThat(ids(store.waiting(0, 20))).containsExactly(1L, 4L, 8L, 9L, 11L);
            assertThat(store.waitingCount()).isEqualTo(5);
        }
    }

    @Test
    void messageAddedAndRemovedAtOnceIsNotWritten() throws StoreException {
        try (EventStore store = open()) {
            store.commit(
                    new Batch(List.of(Samples.event(1)), List.of(Samples.routine(1, Samples.event(1))), List.of(1L)));

            assertThat(store.waitingCount()).isZero();
            assertThat(store.lastSeq()).isEqualTo(1);
        }
    }

    @Test
    void sameBatchTwiceIsOnce() throws StoreException {
        try (EventStore store = open()) {
            store.prune();
            store.commit(Samples.batch(1));
            store.commit(Samples.batch(1));

            assertThat(store.events(0, 10)).containsExactly(Samples.event(1));
            assertThat(ids(store.waiting(0, 10))).containsExactly(1L);
            assertThat(store.waitingCount()).isEqualTo(1);
        }
    }

    @Test
    void entriesComeInOrderAndInPages() throws StoreException {
        try (EventStore store = open()) {
            for (long seq : new long[] {3, 1, 5, 2, 4}) {
                store.commit(Samples.batch(seq));
            }
            assertThat(ids(store.waiting(0, 2))).containsExactly(1L, 2L);
            assertThat(ids(store.waiting(2, 2))).containsExactly(3L, 4L);
            assertThat(ids(store.waiting(4, 2))).containsExactly(5L);
            assertThat(seqs(store.events(2, 3))).containsExactly(2L, 3L, 4L);
            assertThat(store.lastEntryId()).isEqualTo(5);
        }
    }

    @Test
    void lastStatesAreThoseOfTheNewestMoves() throws StoreException {
        try (EventStore store = open()) {
            store.commit(new Batch(
                    List.of(
                            Samples.event(1, EventType.OPENED, "front_door", "open"),
                            Samples.event(2, EventType.TAMPERED, "box", "tampered"),
                            Samples.event(3, EventType.CLOSED, "front_door", "closed"),
                            Samples.event(4, EventType.TAMPER_CLEARED, "box", "ok"),
                            Samples.event(5, EventType.OPENED, "window", "open"),
                            Samples.event(6, EventType.SENSOR_FAULT, "window", "unknown")),
                    List.of(),
                    List.of()));

            assertThat(store.lastStates())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("front_door", "closed", "box", "ok", "window", "open"));
        }
    }

    @Test
    void closingBringsAllIntoTheFile() throws Exception {
        EventStore store = open();
        store.commit(Samples.batch(1));
        assertThat(folder.resolve("reedgate.db-wal")).isNotEmptyFile();
        store.close();

        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("reedgate.db");
        }
    }

    @Test
    void retainedMessageIsRefused() {
        Outbox.Entry retained =
                new Outbox.Entry(1, Message.retainedText("reedgate/home/door/state", "open"), Priority.ROUTINE);
        Outbox.Entry careless = new Outbox.Entry(
                1, new Message("t", "p", QoS.AT_MOST_ONCE, false, Message.TEXT, Map.of()), Priority.ROUTINE);

        assertThatThrownBy(() -> new Batch(List.of(), List.of(retained), List.of()))
                .hasMessageContaining("reedgate/home/door/state");
        assertThatThrownBy(() -> new Batch(List.of(), List.of(careless), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyMessagesInOneBatchAreOneTransaction() throws StoreException {
        List<Event> events =
                LongStream.rangeClosed(1, 2_000).mapToObj(Samples::event).toList();
        try (EventStore store = open()) {
            store.commit(new Batch(events, List.of(), List.of()));

            assertThat(store.events(0, 5_000)).isEqualTo(events);
            assertThat(store.newest().map(event -> event.stamp().time()))
                    .contains(Instant.parse("2026-11-22T21:33:20Z"));
        }
    }
}
