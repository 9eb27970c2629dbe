package io.github.reedgate.app;

import io.github.reedgate.core.Event;
import io.github.reedgate.delivery.BrokerMemory;
import io.github.reedgate.delivery.Courier;
import io.github.reedgate.delivery.EventAcknowledgements;
import io.github.reedgate.delivery.Journal;
import io.github.reedgate.delivery.Ledger;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.message.EventRecord;
import io.github.reedgate.message.Messages;
import io.github.reedgate.store.StoreEvent;
import io.github.reedgate.time.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that goes to the broker, and what comes back from it. Owned by the loop thread; never blocks; time is an argument. */
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Courier courier;
    private final EventAcknowledgements acknowledgements;
    private final BrokerMemory memory;
    private final Messages messages;
    private final LinkLog log = new LinkLog();

    Delivery(Courier courier, EventAcknowledgements acknowledgements, BrokerMemory memory, Messages messages) {
        this.courier = courier;
        this.acknowledgements = acknowledgements;
        this.memory = memory;
        this.messages = messages;
    }

    Courier courier() {
        return courier;
    }

    /** Takes in what the connection tells; gives what the core is to be told of it, if anything. */
    Optional<Event> take(LinkEvent event, long nowNanos) {
        log.tell(event, nowNanos);
        acknowledgements.take(event);
        if (event instanceof LinkEvent.Up up) {
            courier.linkUp(up);
            memory.linkUp(up);
            return Optional.of(new Event.LinkUp());
        } else if (event instanceof LinkEvent.Down down) {
            courier.linkDown();
            memory.linkDown();
            return down.wasUp() ? Optional.of(new Event.LinkLost(down.message())) : Optional.empty();
        } else if (event instanceof LinkEvent.Published answer) {
            published(answer, nowNanos);
        } else if (event instanceof LinkEvent.Watermark answer) {
            memory.answered(answer, nowNanos).ifPresent(LOG::warn);
        } else if (event instanceof LinkEvent.Received received) {
            return Optional.of(new Event.Received(received.message()));
        } else if (event instanceof LinkEvent.WatermarkShown shown) {
            memory.shown(shown);
        }
        return Optional.empty();
    }

    private void published(LinkEvent.Published answer, long nowNanos) {
        if (BrokerMemory.madeHere(answer)) {
            memory.published(answer, nowNanos).ifPresent(LOG::warn);
        } else if (courier.published(answer, nowNanos)) {
            log.refused(answer);
        }
    }

    /** Keeps what the broker refused last, for those who look at the store. */
    void note(String refusal, Journal journal, Timestamp now) {
        journal.note("refusals", Long.toString(courier.refusals()));
        journal.note("last_refusal", refusal);
        journal.note("last_refusal_time", now.wall().toString());
    }

    /** Takes in events that are to be sent again. Their alarm lines are not: a phone should not ring for what is long over. */
    void recalled(StoreEvent.Recalled recalled, long nowNanos) {
        List<Ledger.Recalled> again =
                recalled.events().stream().map(this::message).toList();
        memory.fetched(recalled.request(), again, nowNanos);
    }

    private Ledger.Recalled message(EventRecord event) {
        return new Ledger.Recalled(event.stamp().seq(), messages.event(event));
    }

    /** Does what has become due, or possible. */
    void advance(long nowNanos) {
        courier.refill();
        OptionalLong due = courier.deadlineNanos();
        if (due.isPresent() && nowNanos - due.getAsLong() >= 0) {
            courier.tick(nowNanos);
        }
        memory.advance(nowNanos);
    }

    /** When {@link #advance} is due; empty if nothing is put off. */
    OptionalLong deadlineNanos() {
        OptionalLong one = courier.deadlineNanos();
        OptionalLong other = memory.deadlineNanos();
        if (one.isEmpty() || other.isEmpty()) {
            return one.isPresent() ? one : other;
        }
        return one.getAsLong() - other.getAsLong() < 0 ? one : other;
    }
}
