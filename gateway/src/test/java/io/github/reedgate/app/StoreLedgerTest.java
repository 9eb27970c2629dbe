package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.core.GatewaySettings.Before;
import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.message.Importance;
import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import io.github.reedgate.store.DurableOutbox;
import io.github.reedgate.store.EventStore;
import io.github.reedgate.store.StoreThread;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Up to which number everything was acknowledged: events 1 to 7 are in the log, numbers 8 to 1000 were skipped. */
class StoreLedgerTest {

    private static final long FIRST_SEQ = 1_001;

    private final StoreThread disk = new StoreThread(null, StoreLedgerTest::noDisk, event -> {}, System::nanoTime);

    @Test
    void skippedNumbersAreNoEvents() {
        DurableOutbox outbox = outbox(0, OptionalLong.empty());
        StoreLedger ledger = ledger(outbox, true);

        assertThat(ledger.acknowledged()).hasValue(7);
        assertThat(ledger.lastSeq()).isEqualTo(1_000);
        assertThat(ledger.nothingWaits()).isTrue();
    }

    @Test
    void whatWaitsFromBeforeCounts() {
        assertThat(ledger(outbox(3, OptionalLong.of(5)), true).acknowledged()).hasValue(4);
        assertThat(ledger(outbox(3, OptionalLong.of(1)), true).acknowledged()).hasValue(0);
    }

    @Test
    void eventsOfThisStartAreAcknowledgedOneByOne() {
        DurableOutbox outbox = outbox(0, OptionalLong.empty());
        StoreLedger ledger = ledger(outbox, true);
        Outbox.Entry first = append(outbox, 1_001);
        Outbox.Entry second = append(outbox, 1_002);
        ledger.used(1_003);

        assertThat(ledger.acknowledged()).as("both wait").hasValue(7);
        outbox.remove(first.id());
        assertThat(ledger.acknowledged()).hasValue(1_001);
        outbox.remove(second.id());
        assertThat(ledger.acknowledged()).hasValue(1_002);
        assertThat(ledger.lastSeq()).isEqualTo(1_002);
    }

    @Test
    void lostStoreKnowsNothing() {
        assertThat(ledger(outbox(0, OptionalLong.empty()), false).acknowledged())
                .isEmpty();
    }

    private DurableOutbox outbox(int count, OptionalLong oldestSeq) {
        return new DurableOutbox(disk, 20, new DurableOutbox.OnDisk(count, oldestSeq));
    }

    private StoreLedger ledger(DurableOutbox outbox, boolean complete) {
        DurableStorage.Found found =
                new DurableStorage.Found(new StartFile.Floor(7, 1), Before.NOTHING, "broker:1883", complete);
        return new StoreLedger(disk, outbox, found, FIRST_SEQ);
    }

    private static Outbox.Entry append(Outbox outbox, long seq) {
        Message message = new Message(
                "gate/event", "e", QoS.AT_LEAST_ONCE, false, Message.JSON, Map.of("seq", Long.toString(seq)));
        return outbox.append(message, Importance.ROUTINE);
    }

    private static EventStore noDisk() {
        throw new AssertionError("the thread is not started");
    }
}
