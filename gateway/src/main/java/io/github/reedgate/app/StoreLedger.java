package io.github.reedgate.app;

import io.github.reedgate.delivery.EventAcknowledgements;
import io.github.reedgate.delivery.Ledger;
import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.store.StoreCommand;
import io.github.reedgate.store.StoreThread;
import java.util.OptionalLong;

/** What was delivered and what is kept of it, as the store knows it. Owned by the loop thread; never waits for the disk. */
final class StoreLedger implements Ledger {

    /** Under this name the store keeps which broker shows its watermark. */
    static final String PROVED_SERVER = "watermark_server";

    private final StoreThread disk;
    private final Outbox outbox;
    private final EventAcknowledgements acknowledgements;
    private long lastSeq;
    private String proved;

    /**
     * A ledger on a store.
     *
     * @param acknowledgements what is acknowledged on the connection
     * @param lastSeq the highest number that may have been used before this start
     * @param proved the broker kept last, or empty
     */
    StoreLedger(StoreThread disk, Outbox outbox, EventAcknowledgements acknowledgements, long lastSeq, String proved) {
        this.disk = disk;
        this.outbox = outbox;
        this.acknowledgements = acknowledgements;
        this.lastSeq = lastSeq;
        this.proved = proved;
    }

    /** Numbers below this one are in use. */
    void used(long nextSeq) {
        lastSeq = Math.max(lastSeq, nextSeq - 1);
    }

    @Override
    public OptionalLong acknowledged() {
        return acknowledgements.upTo();
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
