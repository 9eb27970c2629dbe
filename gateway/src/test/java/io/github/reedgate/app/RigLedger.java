package io.github.reedgate.app;

import io.github.reedgate.delivery.EventAcknowledgements;
import io.github.reedgate.delivery.Ledger;
import io.github.reedgate.event.Event;
import io.github.reedgate.store.StoreEvent;
import java.util.List;
import java.util.OptionalLong;

/** A ledger over what a {@link LoopRig} keeps. Its disk is quick unless a test says otherwise. */
final class RigLedger implements Ledger {

    /** False while the disk is slow. */
    boolean prepared = true;

    /** False while the disk does not know that events are sent. */
    boolean knows = true;

    private final LoopRig.Kept kept;
    private final EventAcknowledgements acknowledgements;
    private final InputQueue queue;

    RigLedger(LoopRig.Kept kept, EventAcknowledgements acknowledgements, InputQueue queue) {
        this.kept = kept;
        this.acknowledgements = acknowledgements;
        this.queue = queue;
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
        return kept.outbox().size() == 0;
    }

    @Override
    public void fetch(long request, long fromSeq, long toSeq, int limit) {
        List<Event> found = kept.events.stream()
                .filter(event -> event.stamp().seq() >= fromSeq && event.stamp().seq() <= toSeq)
                .limit(limit)
                .toList();
        queue.offer(new LoopInput.Stored(new StoreEvent.Recalled(request, found)));
    }

    @Override
    public void sendsSoon() {
        // a rig is not restarted
    }

    @Override
    public void sendsNoMore() {
        // a rig is not restarted
    }

    @Override
    public boolean isPrepared() {
        return prepared;
    }

    @Override
    public boolean knowsItSent(long seq) {
        return knows;
    }

    @Override
    public void keepProvedServer(String server) {
        // a rig is not restarted
    }
}
