package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.Priority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events whose numbers were used before get others. */
class RenumberingTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void logAndWaitingMessagesGetNewNumbersAndKeepTheirIds() throws StoreException {
        try (EventStore store = filled(1_500)) {
            WholeCorrection.apply(store, new Renumbering(501, 1_500, 9_000));
            check(store);
            WholeCorrection.apply(store, new Renumbering(501, 1_500, 9_000));
            check(store);
        }
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            check(store);
        }
    }

    private EventStore filled(long count) throws StoreException {
        EventStore store = EventStore.open(folder, Bounds.DEFAULT);
        List<Event> events = new ArrayList<>();
        List<Outbox.Entry> messages = new ArrayList<>();
        for (long seq = 1; seq <= count; seq++) {
            Event event = Samples.event(seq);
            events.add(event);
            messages.add(Samples.alarm(2 * seq, event));
            messages.add(Samples.routine(2 * seq + 1, event));
        }
        store.commit(new Batch(events, messages, List.of()));
        return store;
    }

    private static void check(EventStore store) throws StoreException {
        List<Event> events = store.events(0, 2_000);
        assertThat(events.stream().map(event -> event.stamp().seq()))
                .containsExactlyElementsOf(
                        LongStream.concat(LongStream.rangeClosed(1, 500), LongStream.rangeClosed(9_501, 10_500))
                                .boxed()
                                .toList());
        assertThat(events.stream().map(event -> event.stamp().id()))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 1_500)
                        .mapToObj(seq -> Samples.event(seq).stamp().id())
                        .toList());
        List<Outbox.Entry> waiting = store.waiting(0, 5_000);
        assertThat(waiting).hasSize(3_000);
        for (int i = 0; i < waiting.size(); i++) {
            Event event = events.get(i / 2);
            Outbox.Entry expected = i % 2 == 0 ? Samples.alarm(i + 2, event) : Samples.routine(i + 2, event);
            assertThat(waiting.get(i)).isEqualTo(Samples.late(expected));
        }
    }

    @Test
    void whatCantBeWrittenNowIsRenumberedInMemoryAndOnDiskLater() throws StoreException {
        filled(3).close();
        boolean[] broken = {true};
        List<StoreEvent> told = new ArrayList<>();
        long[] now = {0};
        StoreWork work = new StoreWork(
                null,
                () -> {
                    if (broken[0]) {
                        throw new StoreException(StoreException.Trouble.DISK_FAILED, "no disk", new RuntimeException());
                    }
                    return EventStore.open(folder, Bounds.DEFAULT);
                },
                told::add,
                () -> now[0]);
        work.take(new StoreCommand.Keep(Samples.event(4)));
        work.take(new StoreCommand.Add(
                new Outbox.Entry(100, Samples.MESSAGES.event(Samples.event(4)), Priority.ROUTINE)));
        work.take(new StoreCommand.Renumber(3, 4, 50));
        work.take(new StoreCommand.Load(1, 0, 10, 100));
        work.settle();
        assertThat(page(told)).containsExactly("54");

        broken[0] = false;
        now[0] += StoreWork.RETRY.toNanos();
        work.settle();
        work.take(new StoreCommand.Load(2, 0, 10, 100));
        work.settle();
        assertThat(page(told)).containsExactly("1", "1", "2", "2", "53", "53", "54");
        work.end();
    }

    /** 1,200 events, each with a message that waits; those from 401 on get numbers from 9401 on. */
    private static final long COUNT = 1_200;

    private static final StoreCommand.Renumber RENUMBER = new StoreCommand.Renumber(401, COUNT, 9_000);

    private Path filledFolder(String name) throws StoreException {
        Path full = folder.resolve(name);
        try (EventStore store = EventStore.open(full, Bounds.DEFAULT)) {
            store.commit(new Batch(
                    LongStream.rangeClosed(1, COUNT).mapToObj(Samples::event).toList(),
                    LongStream.rangeClosed(1, COUNT)
                            .mapToObj(seq -> Samples.routine(seq, Samples.event(seq)))
                            .toList(),
                    List.of()));
        }
        return full;
    }

    private static List<String> expected() {
        return LongStream.rangeClosed(1, COUNT)
                .mapToObj(seq -> (seq > 400 ? seq + 9_000 : seq) + " "
                        + Samples.event(seq).stamp().id())
                .toList();
    }

    private static List<String> numbers(EventLog log) throws LogException {
        return log.events(EventQuery.ALL, 0, log.newest(), 5_000).events().stream()
                .map(event -> event.seq() + " " + event.id())
                .toList();
    }

    private static List<String> numbers(List<Event> events) {
        return events.stream()
                .map(event -> event.stamp().seq() + " " + event.stamp().id())
                .toList();
    }

    private static List<String> told(List<Outbox.Entry> waiting) {
        return waiting.stream()
                .map(entry -> entry.message().userProperties().get("seq") + " "
                        + entry.message().userProperties().get("id"))
                .toList();
    }

    @Test
    void cutOffBehindAnyPageItIsFinishedByTheNextOpening() throws Exception {
        Path full = filledFolder("full");
        boolean isUnfinished = true;
        int pages = 0;
        for (; isUnfinished; pages++) {
            Path cut = folder.resolve("cut" + pages);
            Files.createDirectory(cut);
            Files.copy(full.resolve("reedgate.db"), cut.resolve("reedgate.db"));
            EventStore store = EventStore.open(cut, Bounds.DEFAULT);
            StoreWork work = new StoreWork(store, () -> store, event -> {}, () -> 0);
            work.take(RENUMBER);
            for (int turn = 0; turn <= pages; turn++) {
                isUnfinished = work.settle() == 1;
            }
            try (EventLog log = EventLog.open(cut)) {
                assertThat(numbers(log)).as("read behind page %d", pages).isEqualTo(expected());
                long last = log.startOfNewest(EventQuery.ALL, log.newest(), 3);
                assertThat(last).as("page %d", pages).isEqualTo(9_000 + COUNT - 3);
                assertThat(log.backlog().newest().orElseThrow().seq()).isEqualTo(9_000 + COUNT);
                assertThat(log.backlog().newest().orElseThrow().time())
                        .contains(Samples.event(COUNT).stamp().time());
            }
            store.close(); // without the rest
            try (EventStore again = EventStore.open(cut, Bounds.DEFAULT)) {
                assertThat(again.note(Renumbering.NOTE)).isEmpty();
                assertThat(numbers(again.events(0, 5_000))).as("page %d", pages).isEqualTo(expected());
                assertThat(told(again.waiting(0, 5_000))).as("page %d", pages).isEqualTo(expected());
            }
        }
        assertThat(pages).isGreaterThan(3);
    }

    @Test
    void othersAreWrittenAndReadBetweenThePages() throws Exception {
        EventStore store = EventStore.open(filledFolder("full"), Bounds.DEFAULT);
        List<StoreEvent> told = new ArrayList<>();
        StoreWork work = new StoreWork(store, () -> store, told::add, () -> 0);
        work.take(RENUMBER);
        assertThat(work.settle()).isEqualTo(1);
        work.take(new StoreCommand.Keep(Samples.event(20_000)));
        work.take(new StoreCommand.Add(Samples.routine(20_000, Samples.event(20_000))));
        work.take(new StoreCommand.Confirm(7));
        work.take(new StoreCommand.Load(1, 0, 5_000, 20_000));
        work.take(new StoreCommand.Recall(3, 1_000, 9_500, 1_000));
        assertThat(work.settle()).as("there is more to do").isEqualTo(1);
        assertThat(told).contains(new StoreEvent.Confirmed(7, true));
        assertThat(store.note(Renumbering.NOTE)).isEqualTo("401 1200 9000");
        List<Outbox.Entry> waiting = told.stream()
                .filter(StoreEvent.Page.class::isInstance)
                .map(StoreEvent.Page.class::cast)
                .findFirst()
                .orElseThrow()
                .entries();
        assertThat(told(waiting.subList(0, (int) COUNT))).isEqualTo(expected());
        assertThat(waiting).last().isEqualTo(Samples.late(Samples.routine(20_000, Samples.event(20_000))));
        assertThat(told).noneMatch(StoreEvent.Recalled.class::isInstance);
        while (work.settle() == 1) {
            assertThat(told).noneMatch(StoreEvent.Recalled.class::isInstance);
        }
        assertThat(told)
                .filteredOn(StoreEvent.Recalled.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    StoreEvent.Recalled recalled = (StoreEvent.Recalled) event;
                    assertThat(recalled.request()).isEqualTo(3);
                    assertThat(numbers(recalled.events())).isEqualTo(expected().subList(400, 500));
                });
        assertThat(told).contains(new StoreEvent.Corrected());
        work.end();
    }

    @Test
    void secondRenumberingIsFinishedBehindTheFirst() throws Exception {
        Path full = filledFolder("full");
        EventStore store = EventStore.open(full, Bounds.DEFAULT);
        StoreWork work = new StoreWork(store, () -> store, event -> {}, () -> 0);
        work.take(new StoreCommand.Renumber(401, COUNT, 5_000));
        work.settle();
        work.take(new StoreCommand.Renumber(5_401, 5_000 + COUNT, 4_000));
        work.settle();
        store.close();
        try (EventLog log = EventLog.open(full)) {
            assertThat(numbers(log)).isEqualTo(expected());
        }
        try (EventStore again = EventStore.open(full, Bounds.DEFAULT)) {
            assertThat(numbers(again.events(0, 5_000))).isEqualTo(expected());
            assertThat(told(again.waiting(0, 5_000))).isEqualTo(expected());
        }
    }

    private static List<String> page(List<StoreEvent> told) {
        return told.stream()
                .filter(StoreEvent.Page.class::isInstance)
                .map(StoreEvent.Page.class::cast)
                .reduce((a, b) -> b)
                .orElseThrow()
                .entries()
                .stream()
                .map(entry -> entry.message().userProperties().getOrDefault("seq", "none"))
                .toList();
    }
}
