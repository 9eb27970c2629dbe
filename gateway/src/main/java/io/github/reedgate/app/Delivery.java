package io.github.reedgate.app;

import io.github.reedgate.core.Input;
import io.github.reedgate.core.StepOutput;
import io.github.reedgate.delivery.BrokerMemory;
import io.github.reedgate.delivery.Courier;
import io.github.reedgate.delivery.EventAcknowledgements;
import io.github.reedgate.delivery.Journal;
import io.github.reedgate.delivery.Ledger;
import io.github.reedgate.delivery.SetAside;
import io.github.reedgate.event.Event;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.message.Messages;
import io.github.reedgate.store.StoreEvent;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that goes to the broker, and what comes back from it. Owned by the loop thread; never blocks; time is an argument. */
final class Delivery {

    /**
     * How long a broker may take to send its watermark before events leave without that: it comes with the first answers. One that
     * has none is waited for as long, once on each connection; alarm lines and states never wait.
     */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** While the disk is waited for, it is looked again after this time; it may take as long as the broker. */
    private static final Duration LOOK = Duration.ofMillis(10);

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Courier courier;
    private final EventAcknowledgements acknowledgements;
    private final BrokerMemory memory;
    private final Messages messages;
    private final Ledger ledger;
    private final LogDelivery logs;
    private final LinkLog log = new LinkLog();
    private final Standing standing = new Standing();
    private final DeliveryNews news = new DeliveryNews();
    private final List<Input> untold = new ArrayList<>();
    private final LostSubscriptions lostSubscriptions = new LostSubscriptions();
    private final AsideList asideList = new AsideList();
    private @Nullable ForeignWatermark foreignWatermark;
    // what a foreign watermark is, until the store has it
    private @Nullable String unnotedWatermark;
    private long connection;
    private boolean isAsked;
    private OptionalLong heldUntilNanos = OptionalLong.empty();
    private OptionalLong lookNanos = OptionalLong.empty();

    /**
     * What it is made of.
     *
     * @param courier sends what happens
     * @param acknowledgements which events the broker has acknowledged
     * @param memory sends again what the broker forgot
     * @param messages writes messages
     * @param ledger what was delivered, and what the disk knows of it
     * @param logs answers requests for the log
     */
    record Parts(
            Courier courier,
            EventAcknowledgements acknowledgements,
            BrokerMemory memory,
            Messages messages,
            Ledger ledger,
            LogDelivery logs) {}

    Delivery(Parts parts) {
        this.courier = parts.courier();
        this.acknowledgements = parts.acknowledgements();
        this.memory = parts.memory();
        this.messages = parts.messages();
        this.ledger = parts.ledger();
        this.logs = parts.logs();
    }

    Courier courier() {
        return courier;
    }

    /** Takes in what the connection tells; gives what the core is to be told of it, if anything. */
    Optional<Input> take(LinkEvent event, long nowNanos) {
        if (logs.takes(event, nowNanos)) {
            return Optional.empty();
        }
        log.tell(event, nowNanos);
        standing.take(event, nowNanos);
        acknowledgements.take(event);
        lostSubscriptions.take(event, nowNanos).ifPresent(untold::add);
        memory.takeLeftOut().flatMap(left -> news.leftOut(left, nowNanos)).ifPresent(untold::add);
        if (event instanceof LinkEvent.Up up) {
            hold(true);
            courier.linkUp(up, nowNanos);
            memory.hold(courier.isCareful());
            memory.linkUp(up);
            connection = up.connection();
            heldUntilNanos = OptionalLong.of(nowNanos + PATIENCE.toNanos());
            lookNanos = OptionalLong.empty();
            return Optional.of(new Input.LinkUp());
        } else if (event instanceof LinkEvent.Down down) {
            courier.linkDown();
            memory.linkDown();
            ledger.sendsNoMore();
            heldUntilNanos = OptionalLong.empty();
            lookNanos = OptionalLong.empty();
            return down.wasUp() ? Optional.of(new Input.LinkLost(down.message())) : Optional.empty();
        } else if (event instanceof LinkEvent.Published answer) {
            published(answer, nowNanos);
        } else if (event instanceof LinkEvent.Watermark answer) {
            Optional<String> warning = memory.answered(answer, nowNanos);
            warning.ifPresent(LOG::warn);
            ForeignWatermark.reason(answer, warning).ifPresent(reason -> unnotedWatermark = reason);
            isAsked |= answer.connection() == connection;
            return Optional.of(asked(answer));
        } else if (event instanceof LinkEvent.Received received) {
            return Optional.of(new Input.Received(received.message()));
        } else if (event instanceof LinkEvent.WatermarkShown shown) {
            memory.shown(shown);
        }
        return Optional.empty();
    }

    private Input asked(LinkEvent.Watermark answer) {
        OptionalLong seq = answer.seq();
        return seq.isPresent()
                ? new Input.BrokerRemembers(
                        seq.getAsLong(),
                        acknowledgements.everSent(),
                        acknowledgements.upTo().orElse(0) + 1)
                : new Input.BrokerAsked();
    }

    /** The broker was asked, so events leave; but not before the disk knows that, unless it takes too long. */
    private void prepare(long nowNanos) {
        hold(true);
        ledger.sendsSoon();
        heldUntilNanos = OptionalLong.of(nowNanos + PATIENCE.toNanos());
        look(nowNanos);
    }

    private void look(long nowNanos) {
        lookNanos = OptionalLong.of(nowNanos + LOOK.toNanos());
        if (ledger.isPrepared()) {
            letGo();
        }
    }

    private void letGo() {
        heldUntilNanos = OptionalLong.empty();
        lookNanos = OptionalLong.empty();
        hold(false);
    }

    /** Events are kept back, and alarm lines leave without a number, until the broker has said which were used before. */
    private void hold(boolean on) {
        acknowledgements.doubt(on);
        courier.hold(acknowledgements.eventTopic(), on);
    }

    /** Reports about the delivery, beside what {@link #take} gave; each once. */
    List<Input> takeNews(Journal journal, Timestamp now) {
        if (isAsked) {
            isAsked = false;
            prepare(now.monotonicNanos());
        }
        for (SetAside each : courier.takeSetAside()) {
            acknowledgements.setAside(each.message());
            LOG.warn("a message was set aside and is not tried any more: {}", DeliveryNews.reason(each));
            asideList.add(each, now.wall(), journal);
            DeliveryNews.setAside(each).ifPresent(untold::add);
        }
        lostSubscriptions.takeNote(now).ifPresent(text -> journal.note(LostSubscriptions.NOTE, text));
        String foreign = unnotedWatermark;
        if (foreign != null) {
            unnotedWatermark = null;
            ForeignWatermark seen = new ForeignWatermark(now.wall(), foreign);
            foreignWatermark = seen;
            journal.note(ForeignWatermark.NOTE, seen.text());
        }
        List<Input> taken = List.copyOf(untold);
        untold.clear();
        return taken;
    }

    /** How the connection to the broker is, as {@link Standing#fields} describes it. */
    Map<String, @Nullable Object> standing(Timestamp now) {
        return standing.fields(now);
    }

    /** The topics that the gateway does not hear at present. */
    List<LostSubscription> lostSubscriptions(Timestamp now) {
        return lostSubscriptions.all(now);
    }

    /** The last value of another client on the watermark's topic since the start; empty if there was none. */
    Optional<ForeignWatermark> foreignWatermark() {
        return Optional.ofNullable(foreignWatermark);
    }

    /** The messages that were set aside last since the start, each as a JSON object, the oldest first. */
    List<String> latestSetAside() {
        return asideList.all();
    }

    /** How many messages were set aside since the start. */
    long setAside() {
        return asideList.count();
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

    /** Answers a request for the log as soon as there is room, or refuses it. */
    void sendLog(StepOutput.LogWanted wanted, long nowNanos) {
        logs.request(wanted, nowNanos).ifPresent(untold::add);
    }

    /** How much room there is for answers to requests for the log: whatever else is or has to be sent goes first. */
    private int spareRoom() {
        return logs.isIdle() || heldUntilNanos.isPresent() || memory.isOwing() ? 0 : courier.spareRoom();
    }

    /** Takes in what was read of the log. */
    void logRead(StoreEvent.OfLog read, long nowNanos) {
        if (read instanceof StoreEvent.LogRead page) {
            logs.pageRead(page.page());
        } else if (read instanceof StoreEvent.Recalled recalled) {
            recalled(recalled, nowNanos);
        }
    }

    /** Takes in events that are to be sent again. Their alarm lines are not: a phone should not ring for what is long over. */
    private void recalled(StoreEvent.Recalled recalled, long nowNanos) {
        List<Ledger.Recalled> again =
                recalled.events().stream().map(this::message).toList();
        memory.fetched(recalled.request(), again, nowNanos);
    }

    private Ledger.Recalled message(Event event) {
        return new Ledger.Recalled(event.stamp().seq(), messages.event(event));
    }

    /** Does what has become due, or possible. */
    void advance(long nowNanos) {
        boolean isOver = heldUntilNanos.isPresent() && nowNanos - heldUntilNanos.getAsLong() >= 0;
        if (isOver && lookNanos.isEmpty()) {
            prepare(nowNanos);
        } else if (isOver) {
            letGo();
        } else if (lookNanos.isPresent()) {
            look(nowNanos);
        }
        courier.refill();
        memory.hold(courier.isCareful());
        OptionalLong due = courier.deadlineNanos();
        if (due.isPresent() && nowNanos - due.getAsLong() >= 0) {
            courier.tick(nowNanos);
        }
        memory.advance(nowNanos);
        logs.advance(spareRoom(), nowNanos);
    }

    /** When {@link #advance} is due; empty if nothing is put off. */
    OptionalLong deadlineNanos() {
        return earlier(
                earlier(lookNanos.isPresent() ? lookNanos : heldUntilNanos, logs.deadlineNanos(spareRoom())),
                earlier(courier.deadlineNanos(), memory.deadlineNanos()));
    }

    private static OptionalLong earlier(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isPresent() ? one : other;
        }
        return one.getAsLong() - other.getAsLong() < 0 ? one : other;
    }
}
