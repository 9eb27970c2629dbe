package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.delivery.Outbox.Entry;
import io.github.reedgate.message.EventRecord;
import io.github.reedgate.message.EventType;
import io.github.reedgate.message.Importance;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store thread does, on a real file in a folder that can't be used while a file has its name. */
class StoreWorkTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path parent;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<StoreEvent> told = new ArrayList<>();
    private long nowNanos = Long.MAX_VALUE - 1_000_000_000L; // the monotonic clock may overflow

    @BeforeEach
    void nameFolder() {
        folder = parent.resolve("state");
    }

    @Test
    void allThatGatheredIsWrittenAtOnce() throws Exception {
        Files.createDirectory(folder);
        StoreWork work = work(100);
        work.take(new StoreCommand.Keep(event(1)));
        work.take(new StoreCommand.Add(entry(1, Importance.ROUTINE)));
        work.take(new StoreCommand.Add(entry(2, Importance.ALARM)));

        assertThat(work.settle()).as("nothing is left to do").isZero();
        work.end();

        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            assertThat(store.lastSeq()).isEqualTo(1);
            assertThat(store.waiting(0, 10)).extracting(Entry::id).containsExactly(1L, 2L);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void acknowledgementsWaitToBeWrittenTogether() throws Exception {
        Files.createDirectory(folder);
        StoreWork work = work(100);
        work.take(new StoreCommand.Add(entry(1, Importance.ROUTINE)));
        work.settle();
        work.take(new StoreCommand.Remove(1));

        assertThat(work.settle()).isEqualTo(StoreWork.REMOVAL_DELAY.toNanos());
        assertThat(work.removals()).isEqualTo(1);
        nowNanos += StoreWork.REMOVAL_DELAY.toNanos();
        assertThat(work.settle()).isZero();
        assertThat(work.removals()).isZero();
        work.end();
    }

    @Test
    void messageAcknowledgedBeforeItIsWrittenNeverIs() throws Exception {
        Files.createDirectory(folder);
        StoreWork work = work(100);
        work.take(new StoreCommand.Add(entry(1, Importance.ROUTINE)));
        work.take(new StoreCommand.Remove(1));

        assertThat(work.settle()).isZero();
        assertThat(work.removals()).isZero();
        work.end();
    }

    @Test
    void diskThatCantBeUsedIsToldOnceAndEverythingIsServedFromMemory() throws Exception {
        Files.createFile(folder);
        StoreWork work = work(100);
        work.take(new StoreCommand.Add(entry(1, Importance.ROUTINE)));
        work.take(new StoreCommand.Add(entry(2, Importance.ROUTINE)));

        assertThat(work.settle()).isEqualTo(StoreWork.RETRY.toNanos());
        work.take(new StoreCommand.Remove(1));
        work.take(new StoreCommand.Load(7, 0, 10, 2));
        work.settle();
        nowNanos += StoreWork.RETRY.toNanos();
        work.settle();

        assertThat(told).hasSize(2);
        assertThat(told.get(0)).isInstanceOf(StoreEvent.Failed.class);
        assertThat(told.get(1)).isInstanceOfSatisfying(StoreEvent.Page.class, page -> {
            assertThat(page.request()).isEqualTo(7);
            assertThat(page.entries()).extracting(Entry::id).containsExactly(2L);
            assertThat(page.reachedId()).isEqualTo(2);
        });
    }

    @Test
    void diskThatComesBackGetsWhatWasKeptInMemory() throws Exception {
        Files.createFile(folder);
        StoreWork work = work(100);
        work.take(new StoreCommand.Keep(event(1)));
        work.take(new StoreCommand.Add(entry(1, Importance.ROUTINE)));
        work.settle();
        Files.delete(folder);
        work.settle();
        assertThat(told).as("a disk that failed is left alone for a while").hasSize(1);

        nowNanos += StoreWork.RETRY.toNanos();
        work.settle();
        work.end();

        assertThat(told.get(1)).isInstanceOf(StoreEvent.Recovered.class);
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            assertThat(store.lastSeq()).isEqualTo(1);
            assertThat(store.waitingCount()).isEqualTo(1);
        }
    }

    @Test
    void memoryIsBoundedAndAlarmsGoLast() throws Exception {
        Files.createFile(folder);
        StoreWork work = work(3);
        work.take(new StoreCommand.Add(entry(1, Importance.ALARM)));
        for (long id = 2; id <= 5; id++) {
            work.take(new StoreCommand.Add(entry(id, Importance.ROUTINE)));
        }
        work.take(new StoreCommand.Load(1, 0, 10, 5));
        work.settle();

        assertThat(told).contains(new StoreEvent.Dropped(new Outbox.Drops(2, 0)));
        assertThat(told)
                .filteredOn(StoreEvent.Page.class::isInstance)
                .singleElement()
                .satisfies(page -> assertThat(((StoreEvent.Page) page).entries())
                        .extracting(Entry::id)
                        .containsExactly(1L, 4L, 5L));
    }

    private StoreWork work(int most) {
        EventStore store = null;
        if (Files.isDirectory(folder)) {
            try {
                store = EventStore.open(folder, Bounds.DEFAULT);
            } catch (StoreException e) {
                throw new AssertionError(e);
            }
        }
        return new StoreWork(store, this::openIfThere, told::add, () -> nowNanos, new Unwritten(most));
    }

    private EventStore openIfThere() throws StoreException {
        return EventStore.open(folder, Bounds.DEFAULT);
    }

    private static Entry entry(long id, Importance importance) {
        return new Entry(
                id,
                new Message("gate/event", "m" + id, QoS.AT_LEAST_ONCE, false, Message.JSON, Map.of("seq", "1")),
                importance);
    }

    private static EventRecord event(long seq) {
        return new EventRecord(
                EventType.OPENED,
                new EventRecord.Stamp("id" + seq, seq, 1, Instant.parse("2026-11-23T04:00:00Z"), true, 5),
                "home",
                "door",
                "Door",
                "open",
                "Door opened",
                Map.of());
    }
}
