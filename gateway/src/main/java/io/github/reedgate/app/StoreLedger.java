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

    /** Under this name the store keeps the number from which on none was sent before; empty if that is not known. */
    static final String NEVER_SENT = "never_sent";

    private final StoreThread disk;
    private final Outbox outbox;
    private final EventAcknowledgements acknowledgements;
    private final long sentBefore;
    private boolean unsent = true;
    private String proved;

    /**
     * A ledger on a store.
     *
     * @param acknowledgements what is acknowledged on the connection
     * @param proved the broker kept last, or empty
     */
    StoreLedger(StoreThread disk, Outbox outbox, EventAcknowledgements acknowledgements, String proved) {
        this.disk = disk;
        this.outbox = outbox;
        this.acknowledgements = acknowledgements;
        this.sentBefore = acknowledgements.everSent();
        this.proved = proved;
    }

    /** A step is over: keeps over a restart whether any event was sent since, so that it is known which never were. */
    void stepped() {
        if (unsent && acknowledgements.everSent() > sentBefore) {
            unsent = false;
            disk.note(NEVER_SENT, "");
        }
    }

    @Override
    public OptionalLong acknowledged() {
        return acknowledgements.upTo();
    }

    @Override
    public long lastSeq() {
        return acknowledgements.everSent();
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
