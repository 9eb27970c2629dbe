package io.github.reedgate.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.DeliveryState;
import io.github.reedgate.delivery.Drops;
import io.github.reedgate.delivery.LogPage;
import io.github.reedgate.delivery.LogReaders;
import io.github.reedgate.delivery.LogTopic;
import io.github.reedgate.event.SeqRange;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store thread does, on a real file in a folder that can't be used while a file has its name. */
class StoreWorkTest {

    /** Events that fill more of the file than a connection keeps in memory. */
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
        work.take(new StoreCommand.Keep(Samples.event(1)));
        work.take(new StoreCommand.Keep(Samples.alarm(2)));

        assertThat(work.settle()).as("nothing is left to do").isZero();
        work.end();

        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            assertThat(store.events(0, 10)).containsExactly(Samples.event(1), Samples.alarm(2));
            assertThat(store.unsettled(LogTopic.EVENT)).isEqualTo(2);
            assertThat(store.unsettled(LogTopic.ALARM)).isEqualTo(1);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void confirmationComesBehindTheCommit() throws Exception {
        Files.createDirectory(folder);
        StoreWork work = work(100);
        work.take(new StoreCommand.Together(List.of(
                new StoreCommand.Keep(Samples.event(1)),
                new StoreCommand.KeepSnapshot("{}"),
                new StoreCommand.Confirm(3))));
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
        work.take(new StoreCommand.Keep(Samples.event(1)));
        work.settle();
        work.take(new StoreCommand.Delivered(DeliveryState.upTo(1), 1));

        assertThat(work.settle()).isEqualTo(StoreWork.STATE_DELAY.toNanos());
        assertThat(work.acknowledgements()).isEqualTo(1);
        nowNanos += StoreWork.STATE_DELAY.toNanos();
        assertThat(work.settle()).isZero();
        assertThat(work.acknowledgements()).isZero();
        work.end();
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            assertThat(store.delivery()).isEqualTo(DeliveryState.upTo(1));
        }
    }

    @Test
    void stateOfDeliveryGoesWithTheNextTransactionAndNeverBeforeItsRows() throws Exception {
        Files.createDirectory(folder);
        StoreWork work = work(100);
        work.take(new StoreCommand.Keep(Samples.event(1)));
        work.take(new StoreCommand.Delivered(DeliveryState.upTo(1), 1));

        assertThat(work.settle()).isZero();
        assertThat(work.acknowledgements()).isZero();
        work.end();
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            assertThat(store.lastSeq()).isEqualTo(1);
            assertThat(store.delivery()).isEqualTo(DeliveryState.upTo(1));
        }
    }

    @Test
    void diskThatCantBeUsedIsToldOnceAndItsRowsAreServedFromMemoryWithoutSettlingOthers() throws Exception {
        Files.createFile(folder);
        StoreWork work = work(100);
        work.take(new StoreCommand.Keep(Samples.event(4)));
        work.take(new StoreCommand.Keep(Samples.alarm(5)));

        assertThat(work.settle()).isEqualTo(StoreWork.RETRY.toNanos());
        work.take(Samples.load(LogTopic.EVENT, 7, 1, 5, 10));
        work.take(Samples.load(LogTopic.ALARM, 8, 1, 5, 10));
        work.settle();
        nowNanos += StoreWork.RETRY.toNanos();
        work.settle();

        assertThat(told).hasSize(3);
        assertThat(told.get(0)).isInstanceOf(StoreEvent.Failed.class);
        SeqRange all = new SeqRange(1, 5);
        assertThat(told.get(1))
                .isEqualTo(new StoreEvent.Page(
                        LogTopic.EVENT, new LogPage(7, all, List.of(Samples.event(4), Samples.alarm(5)), false)));
        assertThat(told.get(2))
                .isEqualTo(new StoreEvent.Page(LogTopic.ALARM, new LogPage(8, all, List.of(Samples.alarm(5)), false)));
    }

    @Test
    void pageIsReadFromDiskAndMemoryByNumber() throws Exception {
        Files.createDirectory(folder);
        StoreWork work = work(100);
        for (long seq : new long[] {2, 3, 5, 8}) {
            work.take(new StoreCommand.Keep(Samples.event(seq)));
        }
        work.settle();
        work.take(Samples.load(LogTopic.EVENT, 1, 1, 9, 3));
        work.take(Samples.load(LogTopic.EVENT, 2, 4, 9, 3));
        work.take(Samples.load(LogTopic.ALARM, 3, 1, 9, 3));
        work.settle();
        assertThat(told)
                .containsExactly(
                        new StoreEvent.Page(
                                LogTopic.EVENT,
                                new LogPage(
                                        1,
                                        new SeqRange(1, 5),
                                        List.of(Samples.event(2), Samples.event(3), Samples.event(5)),
                                        true)),
                        new StoreEvent.Page(
                                LogTopic.EVENT,
                                new LogPage(2, new SeqRange(4, 9), List.of(Samples.event(5), Samples.event(8)), true)),
                        new StoreEvent.Page(LogTopic.ALARM, new LogPage(3, new SeqRange(1, 9), List.of(), true)));
        work.end();
    }

    @Test
    void diskThatComesBackGetsWhatWasKeptInMemory() throws Exception {
        Files.createFile(folder);
        StoreWork work = work(100);
        work.take(new StoreCommand.Keep(Samples.event(1)));
        work.settle();
        Files.delete(folder);
        work.settle();
        assertThat(told).as("a disk that failed is left alone for a while").hasSize(1);

        nowNanos += StoreWork.RETRY.toNanos();
        work.settle();
        work.end();

        assertThat(told.get(1)).isInstanceOf(StoreEvent.Opened.class);
        assertThat(told.get(2)).isInstanceOf(StoreEvent.Recovered.class);
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            assertThat(store.lastSeq()).isEqualTo(1);
            assertThat(store.unsettled(LogTopic.EVENT)).isEqualTo(1);
        }
    }

    @Test
    void storeThatIsOpenedLateTellsWhatItHas() throws Exception {
        Files.createDirectory(folder);
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            store.commit(
                    new Batch(List.of(Samples.event(1), Samples.alarm(2), Samples.event(3)), DeliveryState.upTo(1)));
        }
        Path aside = Files.move(folder, parent.resolve("unplugged"));
        Files.createFile(folder);
        StoreWork work = work(100);
        work.take(new StoreCommand.Keep(Samples.event(1_000)));
        work.settle();
        Files.delete(folder);
        Files.move(aside, folder);
        nowNanos += StoreWork.RETRY.toNanos();
        work.settle();
        assertThat(told).contains(new StoreEvent.Opened(new LogReaders.Stored(DeliveryState.upTo(1), true, 3, 2, 1)));
        work.end();
    }

    @Test
    void memoryIsBoundedDeliveredGoFirstThenRoutineAndAlarmsLast() throws Exception {
        Files.createFile(folder);
        StoreWork work = work(3);
        work.take(new StoreCommand.Keep(Samples.event(1)));
        work.take(new StoreCommand.Delivered(DeliveryState.upTo(1), 1));
        work.take(new StoreCommand.Keep(Samples.alarm(2)));
        for (long seq = 3; seq <= 6; seq++) {
            work.take(new StoreCommand.Keep(Samples.event(seq)));
        }
        work.take(Samples.load(LogTopic.EVENT, 1, 1, 6, 10));
        work.settle();

        assertThat(told).contains(new StoreEvent.Dropped(new Drops(2, 0), 2, 0));
        assertThat(told)
                .filteredOn(StoreEvent.Page.class::isInstance)
                .singleElement()
                .satisfies(page -> assertThat(
                                Samples.seqs(((StoreEvent.Page) page).page().rows()))
                        .containsExactly(2L, 5L, 6L));
        Files.delete(folder);
        nowNanos += StoreWork.RETRY.toNanos();
        work.settle();
        assertThat(told).as("the delivered one").contains(new StoreEvent.Unlogged(1));
    }

    @Test
    void fileThatIsBegunAnewKnowsWhatWasDelivered() throws Exception {
        Files.createDirectory(folder);
        StoreWork work = work(MANY);
        for (long seq = 1; seq <= MANY; seq++) {
            work.take(new StoreCommand.Keep(Samples.event(seq)));
        }
        work.take(new StoreCommand.Delivered(DeliveryState.upTo(MANY), MANY));
        work.settle();
        work.end();
        work = work(100);
        spoil();
        work.take(Samples.load(LogTopic.EVENT, 1, 1, MANY, MANY));
        work.settle();
        work.take(new StoreCommand.Keep(Samples.event(MANY + 1)));
        work.settle();
        work.end();
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            assertThat(store.delivery()).isEqualTo(DeliveryState.upTo(MANY));
        }
    }

    @Test
    void damageFoundWhileItRunsBeginsAnewAtOnceAndOnce() throws Exception {
        Files.createDirectory(folder);
        StoreWork work = work(MANY);
        for (long seq = 1; seq <= MANY; seq++) {
            work.take(new StoreCommand.Keep(Samples.event(seq)));
        }
        work.settle();
        work.end(); // brings all into the file
        work = work(100);
        spoil();
        work.take(Samples.load(LogTopic.EVENT, 1, 1, MANY, MANY));
        assertThat(work.settle()).as("the next turn is due at once").isEqualTo(1);
        assertThat(work.settle()).as("nothing is left to do").isZero();
        work.take(new StoreCommand.Keep(Samples.event(2)));
        work.settle();
        work.end();

        assertThat(told)
                .extracting(StoreEvent::getClass)
                .containsExactly(StoreEvent.Failed.class, StoreEvent.Page.class, StoreEvent.Recovered.class);
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            assertThat(store.movedAside()).as("the new file is whole").isEmpty();
            assertThat(store.events(1, 10)).containsExactly(Samples.event(2));
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
        return new StoreWork(store, this::openIfThere, told::add, () -> nowNanos, new UnwrittenTail(most));
    }

    private EventStore openIfThere() throws StoreException {
        return EventStore.open(folder, Bounds.DEFAULT);
    }
}
