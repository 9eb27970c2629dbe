package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.message.EventRecord;
import io.github.reedgate.message.Importance;
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
            store.correct(new Renumbering(501, 1_500, 9_000));
            check(store);
            store.correct(new Renumbering(501, 1_500, 9_000));
            check(store);
        }
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            check(store);
        }
    }

    private EventStore filled(long count) throws StoreException {
        EventStore store = EventStore.open(folder, Bounds.DEFAULT);
        List<EventRecord> events = new ArrayList<>();
        List<Outbox.Entry> messages = new ArrayList<>();
        for (long seq = 1; seq <= count; seq++) {
            EventRecord event = Samples.event(seq);
            events.add(event);
            messages.add(Samples.alarm(2 * seq, event));
            messages.add(Samples.routine(2 * seq + 1, event));
        }
        store.commit(new Batch(events, messages, List.of()));
        return store;
    }

    private static void check(EventStore store) throws StoreException {
        List<EventRecord> events = store.events(0, 2_000);
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
            EventRecord event = events.get(i / 2);
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
                new Outbox.Entry(100, Samples.MESSAGES.event(Samples.event(4)), Importance.ROUTINE)));
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
