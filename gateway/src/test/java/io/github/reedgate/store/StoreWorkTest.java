package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.delivery.Outbox.Entry;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store thread does, on a real file in a folder that can't be used while a file has its name. */
class StoreWorkTest {

    /** Messages that fill more of the file than a connection keeps in memory. */
    private static final int MANY = 20_000;

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
        work.take(new StoreCommand.Add(entry(1, Priority.ROUTINE)));
        work.take(new StoreCommand.Add(entry(2, Priority.ALARM)));

        assertThat(work.settle()).as("nothing is left to do").isZero();
        work.end();

        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            assertThat(store.lastSeq()).isEqualTo(1);
            assertThat(store.waiting(0, 10)).extracting(Entry::id).containsExactly(1L, 2L);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void confirmationComesBehindTheCommit() throws Exception {
        Files.createDirectory(folder);
        StoreWork work = work(100);
        work.take(new StoreCommand.Together(List.of(
                new StoreCommand.Keep(event(1)), new StoreCommand.KeepSnapshot("{}"), new StoreCommand.Confirm(3))));
        assertThat(told).isEmpty();
        work.settle();
        assertThat(told).containsExactly(new StoreEvent.Confirmed(3, true));
        try (EventStore other = EventStore.open(folder, Bounds.DEFAULT)) {
            assertThat(other.snapshot().row()).isEqualTo("{}");
        }
        work.take(new StoreCommand.Confirm(4));
        work.settle();
        assertThat(told).as("there was nothing to write").contains(new StoreEvent.Confirmed(4, true));
        work.end();
    }

    @Test
    void diskThatCantBeWrittenConfirmsNothingButAnswers() throws Exception {
        Files.createFile(folder);
        StoreWork work = work(100);
        work.take(new StoreCommand.Note("used_nonces", "x"));
        work.take(new StoreCommand.Confirm(3));
        work.settle();
        assertThat(told).contains(new StoreEvent.Confirmed(3, false));
        work.take(new StoreCommand.Confirm(4));
        work.settle();
        assertThat(told).as("while the disk is left alone").contains(new StoreEvent.Confirmed(4, false));

        Files.delete(folder);
        nowNanos += StoreWork.RETRY.toNanos();
        work.take(new StoreCommand.Confirm(5));
        work.settle();
        assertThat(told).contains(new StoreEvent.Confirmed(5, true));
        work.end();
    }

    @Test
    void acknowledgementsWaitToBeWrittenTogether() throws Exception {
        Files.createDirectory(folder);
        StoreWork work = work(100);
        work.take(new StoreCommand.Add(entry(1, Priority.ROUTINE)));
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
        work.take(new StoreCommand.Add(entry(1, Priority.ROUTINE)));
        work.take(new StoreCommand.Remove(1));

        assertThat(work.settle()).isZero();
        assertThat(work.removals()).isZero();
        work.end();
    }

    @Test
    void diskThatCantBeUsedIsToldOnceAndEverythingIsServedFromMemory() throws Exception {
        Files.createFile(folder);
        StoreWork work = work(100);
        work.take(new StoreCommand.Add(entry(1, Priority.ROUTINE)));
        work.take(new StoreCommand.Add(entry(2, Priority.ROUTINE)));

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
        work.take(new StoreCommand.Add(entry(1, Priority.ROUTINE)));
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
        work.take(new StoreCommand.Add(entry(1, Priority.ALARM)));
        for (long id = 2; id <= 5; id++) {
            work.take(new StoreCommand.Add(entry(id, Priority.ROUTINE)));
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

    @Test
    void damageFoundWhileItRunsBeginsAnewAtOnceAndOnce() throws Exception {
        Files.createDirectory(folder);
        StoreWork work = work(MANY);
        work.take(new StoreCommand.Keep(event(1)));
        for (long id = 1; id <= MANY; id++) {
            work.take(new StoreCommand.Add(entry(id, Priority.ROUTINE)));
        }
        work.settle();
        work.end(); // brings all into the file
        work = work(100);
        spoil();
        work.take(new StoreCommand.Load(1, 0, MANY, MANY));
        assertThat(work.settle()).as("the next turn is due at once").isEqualTo(1);
        assertThat(work.settle()).as("nothing is left to do").isZero();
        work.take(new StoreCommand.Keep(event(2)));
        work.settle();
        work.end();

        assertThat(told)
                .extracting(StoreEvent::getClass)
                .containsExactly(StoreEvent.Failed.class, StoreEvent.Page.class, StoreEvent.Recovered.class);
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            assertThat(store.movedAside()).as("the new file is whole").isEmpty();
            assertThat(store.events(1, 10)).singleElement().satisfies(event -> {
                assertThat(event.stamp().seq()).isEqualTo(2);
                assertThat(event.gateway()).isEqualTo(event(1).gateway());
            });
        }
    }

    @Test
    void failedReadIsTriedAgainThoughNothingIsToBeWritten() throws Exception {
        Files.createDirectory(folder);
        StoreWork work = work(100);
        work.failed("the disk did not answer");

        assertThat(work.settle()).isEqualTo(StoreWork.RETRY.toNanos());
        nowNanos += StoreWork.RETRY.toNanos();
        assertThat(work.settle()).isZero();
        work.end();

        assertThat(told)
                .extracting(StoreEvent::getClass)
                .containsExactly(StoreEvent.Failed.class, StoreEvent.Recovered.class);
    }

    /** Overwrites all but the first pages, more of them than the connection remembers. */
    private void spoil() throws Exception {
        Path file = folder.resolve("reedgate.db");
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, 5 * 4096, bytes.length, (byte) 0xff);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes));
        }
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

    private static Entry entry(long id, Priority priority) {
        return new Entry(
                id,
                new Message("gate/event", "m" + id, QoS.AT_LEAST_ONCE, false, Message.JSON, Map.of("seq", "1")),
                priority);
    }

    private static Event event(long seq) {
        return new Event(
                EventType.OPENED,
                new Event.Stamp("id" + seq, seq, 1, Instant.parse("2026-11-23T04:00:00Z"), true, 5),
                "home",
                "door",
                "Door",
                "open",
                "Door opened",
                Map.of());
    }
}
