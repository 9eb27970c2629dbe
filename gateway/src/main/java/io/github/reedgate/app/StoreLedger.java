package io.github.reedgate.app;

import io.github.reedgate.delivery.EventAcknowledgements;
import io.github.reedgate.delivery.Ledger;
import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.store.StoreCommand;
import io.github.reedgate.store.StoreEvent;
import io.github.reedgate.store.StoreThread;
import java.util.OptionalLong;

/**
 * What was delivered, which numbers are taken, and what the disk knows of both. The store keeps from which number on none was
 * sent, the start file which numbers are taken. Owned by the loop thread; never waits for the disk.
 */
final class StoreLedger implements Ledger {

    /** Under this name the store keeps which broker shows its watermark. */
    static final String PROVED_SERVER = "watermark_server";

    /** Under this name the store keeps the number from which on none was sent before; empty if that is not known. */
    static final String NEVER_SENT = "never_sent";

    private final StoreThread disk;
    private final Outbox outbox;
    private final EventAcknowledgements acknowledgements;
    private final StartFile numbers;
    private String proved;
    private boolean sending;
    private boolean asking;
    // counted down: what others ask the store is numbered from 1
    private long question;
    private boolean onDisk;
    private boolean skipped;
    private long nextSeq;

    /**
     * A ledger on a store.
     *
     * @param acknowledgements what is acknowledged on the connection
     * @param numbers keeps the numbers from repeating
     * @param proved the broker kept last, or empty
     */
    StoreLedger(
            StoreThread disk, Outbox outbox, EventAcknowledgements acknowledgements, StartFile numbers, String proved) {
        this.disk = disk;
        this.outbox = outbox;
        this.acknowledgements = acknowledgements;
        this.numbers = numbers;
        this.proved = proved;
    }

    /**
     * A step is over. Numbers that were skipped are not declared as taken before the store has what made them skipped: the next start
     * would take those that somebody else used for its own.
     *
     * @param next number of the next event
     */
    void used(long next) {
        skipped |= nextSeq > 0 && next - nextSeq > StartFile.BLOCK;
        nextSeq = next;
        if (!skipped) {
            numbers.used(next);
        }
    }

    /** The loop has ended in order: nothing is sent any more. May block for a disk write. */
    void stopped(long next) {
        sendsNoMore();
        numbers.stopped(next);
    }

    @Override
    public void sendsSoon() {
        if (!sending) {
            sending = true;
            onDisk = false;
            disk.note(NEVER_SENT, "");
        }
        ask();
    }

    private void ask() {
        asking = true;
        disk.confirm(--question);
    }

    @Override
    public void sendsNoMore() {
        if (sending) {
            sending = false;
            onDisk = false;
            disk.note(NEVER_SENT, Long.toString(acknowledgements.everSent() + 1));
        }
    }

    @Override
    public boolean isPrepared() {
        return !asking && !numbers.isWriting();
    }

    @Override
    public boolean knowsItSent(long seq) {
        return onDisk || !numbers.isTaken(seq);
    }

    /** Takes in what the store reports. */
    void take(StoreEvent event) {
        if (event instanceof StoreEvent.Confirmed confirmed && confirmed.number() == question) {
            asking = false;
            onDisk = confirmed.stored() && sending;
            if (skipped) {
                skipped = false;
                numbers.used(nextSeq);
            }
        } else if (event instanceof StoreEvent.Recovered && sending && !onDisk) {
            ask();
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
