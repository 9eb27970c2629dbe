package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.delivery.EventAcknowledgements;
import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.link.FakeLink;
import io.github.reedgate.message.EventRecord;
import io.github.reedgate.message.EventType;
import io.github.reedgate.message.Importance;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import io.github.reedgate.store.Batch;
import io.github.reedgate.store.Bounds;
import io.github.reedgate.store.EventStore;
import io.github.reedgate.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start finds in the store: events 1 to 7 are in the log, numbers 8 to 1000 were skipped. */
class StoreLedgerTest {

    private static final long FIRST_SEQ = 1_001;

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
        return DurableStorage.open(folder, Bounds.DEFAULT, event -> {});
    }

    private static StoreLedger ledger(DurableStorage storage) {
        EventAcknowledgements acknowledgements = new EventAcknowledgements(
                new FakeLink(), "gate/event", storage.found().acknowledged(), storage.everSent(FIRST_SEQ));
        return storage.ledger(acknowledgements);
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
            EventAcknowledgements acknowledgements = new EventAcknowledgements(
                    new FakeLink(), "gate/event", storage.found().acknowledged(), storage.everSent(30));
            StoreLedger ledger = storage.ledger(acknowledgements);
            ledger.stepped();
            acknowledgements.publish(1, entry(31).message());
            ledger.stepped();
            assertThat(ledger.lastSeq()).isEqualTo(31);
        }
        try (DurableStorage storage = open()) {
            assertThat(storage.everSent(40)).isEqualTo(39);
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
        return new Outbox.Entry(20 + seq, message, Importance.ROUTINE);
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
