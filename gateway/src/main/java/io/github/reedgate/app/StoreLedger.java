package io.github.reedgate.app;

import io.github.reedgate.delivery.EventAcknowledgements;
import io.github.reedgate.delivery.Ledger;
import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.store.DurableOutbox;
import io.github.reedgate.store.StoreCommand;
import io.github.reedgate.store.StoreThread;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What was delivered and what is kept of it, as the store knows it. Owned by the loop thread; never waits for the disk. */
final class StoreLedger implements Ledger {

    /** Under this name the store keeps which broker shows its watermark. */
    static final String PROVED_SERVER = "watermark_server";

    private final StoreThread disk;
    private final DurableOutbox outbox;
    private final DurableStorage.Found found;
    private final long firstSeq;
    private @Nullable EventAcknowledgements followed;
    private long lastSeq;
    private String proved;

    /**
     * A ledger on a store.
     *
     * @param found what the store knew when it was opened
     * @param firstSeq number of the first event of this start
     */
    StoreLedger(StoreThread disk, DurableOutbox outbox, DurableStorage.Found found, long firstSeq) {
        this.disk = disk;
        this.outbox = outbox;
        this.found = found;
        this.firstSeq = firstSeq;
        this.lastSeq = firstSeq - 1;
        this.proved = found.provedServer();
    }

    /** Numbers below this one are in use. */
    void used(long nextSeq) {
        lastSeq = Math.max(lastSeq, nextSeq - 1);
    }

    /**
     * The connection for the courier. From now on it is counted what is acknowledged on it, for the outbox does not know of
     * all that waits: while a long backlog is sent, most of it is on disk only. To be asked before anything is published.
     *
     * @param link the connection
     * @param eventTopic the topic of the events
     */
    EventAcknowledgements follow(BrokerLink link, String eventTopic) {
        EventAcknowledgements counting = new EventAcknowledgements(link, eventTopic, acknowledged());
        followed = counting;
        return counting;
    }

    @Override
    public OptionalLong acknowledged() {
        EventAcknowledgements counting = followed;
        if (counting != null) {
            return counting.upTo();
        }
        if (!found.complete()) {
            return OptionalLong.empty();
        }
        OptionalLong lowest = outbox.lowestSeq();
        long seq = lowest.isPresent() ? Math.max(0, lowest.getAsLong() - 1) : lastSeq;
        // numbers that were reserved and skipped are no events that anybody could have acknowledged
        return OptionalLong.of(seq < firstSeq ? Math.min(seq, found.floor().seq()) : seq);
    }

    @Override
    public long lastSeq() {
        return lastSeq;
    }

    @Override
    public boolean nothingWaits() {
        return outbox.size() == 0;
    }

    @Override
    public void fetch(long request, long fromSeq, long toSeq, int limit) {
        disk.recall(new StoreCommand.Recall(request, fromSeq, toSeq, limit));
    }

    @Override
    public void keepProvedServer(String server) {
        if (!server.equals(proved)) {
            proved = server;
            disk.note(PROVED_SERVER, server);
        }
    }
}
