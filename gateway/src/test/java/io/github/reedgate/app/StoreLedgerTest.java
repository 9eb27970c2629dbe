package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.EventAcknowledgements;
import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.EventType;
import io.github.reedgate.event.Priority;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import io.github.reedgate.store.Batch;
import io.github.reedgate.store.Bounds;
import io.github.reedgate.store.EventStore;
import io.github.reedgate.store.StoreEvent;
import io.github.reedgate.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start finds in the store: events 1 to 7 are in the log, numbers 8 to 1000 were skipped. */
class StoreLedgerTest {

    private static final long FIRST_SEQ = 1_001;
    private static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");
    private static final long LIMIT_NANOS = 30_000_000_000L;

    private final LinkedBlockingQueue<StoreEvent> told = new LinkedBlockingQueue<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void skippedNumbersAreNoEvents() throws StoreException {
        keep();
        try (DurableStorage storage = open()) {
            StoreLedger ledger = ledger(storage);

            assertThat(ledger.acknowledged()).hasValue(7);
            assertThat(ledger.lastSeq()).isEqualTo(1_000);
            assertThat(ledger.nothingWaits()).isTrue();
        }
    }

    @Test
    void whatWaitsFromBeforeCounts() throws StoreException {
        keep(5, 6, 7);
        try (DurableStorage storage = open()) {
            assertThat(ledger(storage).acknowledged()).hasValue(4);
            assertThat(ledger(storage).nothingWaits()).isFalse();
        }
    }

    @Test
    void nothingWasAcknowledgedIfTheFirstWaits() throws StoreException {
        keep(1, 7);
        try (DurableStorage storage = open()) {
            assertThat(ledger(storage).acknowledged()).hasValue(0);
        }
    }

    @Test
    void lostStoreKnowsNothing() throws Exception {
        keep();
        Files.writeString(folder.resolve("reedgate.db"), "this is no store, but it is long enough to be looked at");
        try (DurableStorage storage = open()) {
            assertThat(ledger(storage).acknowledged()).isEmpty();
        }
    }

    @Test
    void folderThatCantBeUsedKnowsNothing() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        try (DurableStorage storage = DurableStorage.open(file, Bounds.DEFAULT, event -> {})) {
            assertThat(ledger(storage).acknowledged()).isEmpty();
            assertThat(storage.found().floor()).isEqualTo(StartFile.Floor.NONE);
        }
    }

    private DurableStorage open() {
        return DurableStorage.open(folder, Bounds.DEFAULT, told::add);
    }

    private StoreLedger ledger(DurableStorage storage) {
        return storage.ledger(acknowledgements(storage, FIRST_SEQ), numbers(storage));
    }

    private static EventAcknowledgements acknowledgements(DurableStorage storage, long firstSeq) {
        return new EventAcknowledgements(
                new FakeLink(), "gate/event", storage.found().acknowledged(), storage.everSent(firstSeq));
    }

    /** Numbers up to 1007 are taken after that, or none if the folder can't be written. */
    private StartFile numbers(DurableStorage storage) {
        try {
            return StartFile.begin(folder, storage.found().floor(), NOW, 42).file();
        } catch (IOException e) {
            return StartFile.unwritten(folder, storage.found().floor(), NOW, 42).file();
        }
    }

    @Test
    void whatEarlierStartsNumberedWithoutAConnectionWasNeverSent() throws StoreException {
        keep(5, 6, 7);
        try (DurableStorage storage = open()) {
            assertThat(storage.everSent(8)).isEqualTo(7);
        }
        try (DurableStorage storage = open()) {
            assertThat(storage.everSent(20)).isEqualTo(7);
        }
        try (DurableStorage storage = open()) {
            EventAcknowledgements acknowledgements = acknowledgements(storage, 30);
            StoreLedger ledger = storage.ledger(acknowledgements, numbers(storage));
            ledger.sendsSoon();
            acknowledgements.publish(1, entry(31).message());
            assertThat(ledger.lastSeq()).isEqualTo(31);
        }
        try (DurableStorage storage = open()) {
            assertThat(storage.everSent(40)).as("cut off while connected").isEqualTo(39);
        }
    }

    @Test
    void whatWasNumberedAfterTheLastConnectionWasNeverSent() throws StoreException {
        keep(5, 6, 7);
        for (boolean stops : new boolean[] {false, true}) {
            try (DurableStorage storage = open()) {
                EventAcknowledgements acknowledgements = acknowledgements(storage, 30);
                StoreLedger ledger = storage.ledger(acknowledgements, numbers(storage));
                ledger.sendsSoon();
                acknowledgements.publish(1, entry(31).message());
                if (stops) {
                    ledger.stopped(36);
                } else {
                    ledger.sendsNoMore();
                    ledger.used(36);
                }
            }
            try (DurableStorage storage = open()) {
                assertThat(storage.everSent(36)).isEqualTo(31);
            }
        }
    }

    @Test
    void watermarkIsToldOnceTheDiskKnowsOrIfNothingElseCanTell() throws Exception {
        try (DurableStorage storage = open()) {
            StoreLedger ledger = ledger(storage);
            assertThat(ledger.isPrepared()).isTrue();
            ledger.sendsSoon();
            assertThat(ledger.isPrepared()).isFalse();
            assertThat(ledger.knowsItSent(5)).as("in the range on disk").isFalse();
            assertThat(ledger.knowsItSent(StartFile.BLOCK)).isFalse();
            assertThat(ledger.knowsItSent(StartFile.BLOCK + 1))
                    .as("above the range on disk, only the watermark can tell")
                    .isTrue();
            storage.start();
            storage.wake();
            awaitPrepared(storage, ledger);
            assertThat(ledger.knowsItSent(5)).isTrue();
            try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
                assertThat(store.note(StoreLedger.NEVER_SENT)).isEmpty();
            }
            ledger.sendsNoMore();
            assertThat(ledger.knowsItSent(5))
                    .as("the next connection asks again")
                    .isFalse();
        }
    }

    @Test
    void folderThatCantBeWrittenHoldsNothingUp() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        try (DurableStorage storage = DurableStorage.open(file, Bounds.DEFAULT, told::add)) {
            StartFile numbers =
                    StartFile.unwritten(file, StartFile.Floor.NONE, NOW, 42).file();
            StoreLedger ledger = storage.ledger(acknowledgements(storage, 1), numbers);
            ledger.sendsSoon();
            storage.start();
            storage.wake();
            awaitPrepared(storage, ledger);
            assertThat(ledger.knowsItSent(5)).as("no other witness is left").isTrue();
        }
    }

    @Test
    void skippedNumbersAreTakenOnlyOnceTheStoreHasWhatMadeThemSkipped() throws Exception {
        try (DurableStorage storage = open()) {
            StartFile numbers = numbers(storage);
            StoreLedger ledger = storage.ledger(acknowledgements(storage, 1), numbers);
            ledger.used(2);
            ledger.used(1_000_000);
            assertThat(numbers.isWriting()).isFalse();
            ledger.sendsSoon();
            storage.start();
            storage.wake();
            awaitPrepared(storage, ledger);
            assertThat(numbers.isTaken(1_000_000)).isTrue();
            ledger.stopped(1_000_001);
        }
    }

    private void awaitPrepared(DurableStorage storage, StoreLedger ledger) throws InterruptedException {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!ledger.isPrepared()) {
            assertThat(System.nanoTime() - end).as("the disk answers").isNegative();
            StoreEvent event = told.poll(20, TimeUnit.MILLISECONDS);
            if (event != null) {
                storage.take(event);
            }
        }
    }

    /** Keeps seven events, of which some wait for the broker. */
    private void keep(long... waiting) throws StoreException {
        try (EventStore store = EventStore.open(folder, Bounds.DEFAULT)) {
            store.commit(new Batch(
                    LongStream.rangeClosed(1, 7)
                            .mapToObj(StoreLedgerTest::event)
                            .toList(),
                    LongStream.of(waiting).mapToObj(StoreLedgerTest::entry).toList(),
                    List.of()));
        }
    }

    private static Outbox.Entry entry(long seq) {
        Message message = new Message(
                "gate/event", "e", QoS.AT_LEAST_ONCE, false, Message.JSON, Map.of("seq", Long.toString(seq)));
        return new Outbox.Entry(20 + seq, message, Priority.ROUTINE);
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
