package io.github.reedgate.delivery;

import io.github.reedgate.link.BrokerLink;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.PublishOutcome;
import io.github.reedgate.message.Messages;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Keeps the watermark at the broker, and sends the broker again what it has forgotten, from the log. That happens beside the
 * {@link Courier}: what happens now does not wait for what is sent again, and the watermark is never published on a
 * connection before the broker has told what it remembers. What was not acknowledged when a connection ends is owed on the
 * next one; over a restart the watermark itself tells it. Owned by the loop thread; never blocks; time is an argument.
 */
public final class BrokerMemory {

    /** How many messages that are sent again may be unacknowledged; fewer if the broker takes few. */
    static final int WINDOW = 16;

    /** What part of the broker's receive maximum is used; the rest is the courier's. */
    private static final int SHARE = 4;

    /** How many events are fetched at a time. */
    static final int PAGE = 64;

    private static final long WATERMARK_TOKEN = -1;

    private final Watermark watermark;
    private final BrokerLink link;
    private final Messages messages;
    private final Ledger ledger;

    // what is owed to the broker: numbers from nextSeq to lastOwed that were not fetched, and what was
    private long nextSeq = 1;
    private long lastOwed;
    private final Deque<Ledger.Recalled> ready = new ArrayDeque<>();
    private final TreeMap<Long, Ledger.Recalled> inFlight = new TreeMap<>();

    private long connection;
    private OptionalLong acknowledgedBefore = OptionalLong.empty();
    private int window;
    private boolean asked;
    private boolean sending;
    private boolean fetching;
    private long lastRequest;
    private long lastToken = WATERMARK_TOKEN;
    private boolean watermarkInFlight;
    private boolean watermarkRefused;

    /**
     * Before the first connection.
     *
     * @param watermark decides
     * @param link the connection, also used by the courier with tokens above 0
     * @param messages writes the watermark
     * @param ledger what was delivered and what is kept
     */
    public BrokerMemory(Watermark watermark, BrokerLink link, Messages messages, Ledger ledger) {
        this.watermark = watermark;
        this.link = link;
        this.messages = messages;
        this.ledger = ledger;
    }

    /** True if a publish was made here, so that {@link #published} wants its answer and the courier does not. */
    public static boolean madeHere(LinkEvent.Published answer) {
        return answer.token() < 0;
    }

    /** A connection is up; nothing is sent on it before the broker was asked. */
    public void linkUp(LinkEvent.Up up) {
        linkDown();
        if (isOwing()) {
            // what was acknowledged beside it stands above the watermark, which can't tell whether the broker still has
            // it
            lastOwed = Math.max(lastOwed, acknowledgedLive());
        }
        connection = up.connection();
        acknowledgedBefore = acknowledged();
        window = Math.max(1, Math.min(WINDOW, up.receiveMaximum() / SHARE));
        watermark.linkUp(up);
    }

    /** There is no connection; what was not acknowledged is owed. */
    public void linkDown() {
        nextSeq = lowestOwed();
        ready.clear();
        inFlight.clear();
        lastRequest++;
        connection = 0;
        asked = false;
        sending = false;
        fetching = false;
        watermarkInFlight = false;
        watermarkRefused = false;
        watermark.linkDown();
    }

    /**
     * The broker told what it remembers, or could not.
     *
     * @return a warning for the log, if there is one
     */
    public Optional<String> answered(LinkEvent.Watermark answer, long nowNanos) {
        if (answer.connection() != connection) {
            return Optional.empty();
        }
        Watermark.Verdict verdict = watermark.answered(answer, acknowledgedBefore, ledger.lastSeq());
        asked = true;
        sending = true;
        keepProof();
        Optional<String> warning = Optional.empty();
        if (verdict instanceof Watermark.Verdict.Resend gap) {
            nextSeq = isOwing() ? Math.min(nextSeq, gap.fromSeq()) : gap.fromSeq();
            lastOwed = Math.max(lastOwed, gap.toSeq());
            warning = Optional.of(gap.message());
        } else if (verdict instanceof Watermark.Verdict.Tell told) {
            warning = Optional.of(told.message());
        }
        advance(nowNanos);
        return warning;
    }

    /** A watermark came back. */
    public void shown(LinkEvent.WatermarkShown event) {
        watermark.shown(event);
        keepProof();
    }

    private void keepProof() {
        watermark.provedServer().ifPresent(ledger::keepProvedServer);
    }

    /** Events that were asked for, as {@link Ledger#fetch} says; an answer to an older request is ignored. */
    public void fetched(long request, List<Ledger.Recalled> events, long nowNanos) {
        if (request != lastRequest) {
            return;
        }
        fetching = false;
        ready.addAll(events);
        nextSeq =
                events.isEmpty() ? lastOwed + 1 : events.get(events.size() - 1).seq() + 1;
        advance(nowNanos);
    }

    /**
     * An answer to a publish of this class; see {@link #madeHere}. One of an earlier connection is ignored.
     *
     * @return a warning for the log, if there is one
     */
    public Optional<String> published(LinkEvent.Published answer, long nowNanos) {
        if (answer.connection() != connection) {
            return Optional.empty();
        }
        boolean accepted = answer.outcome() == PublishOutcome.ACCEPTED;
        Optional<String> warning = Optional.empty();
        if (answer.token() == WATERMARK_TOKEN && watermarkInFlight) {
            watermarkInFlight = false;
            if (accepted) {
                watermark.accepted();
            } else {
                watermarkRefused = true;
                warning = Optional.of(answer.message());
            }
        } else if (inFlight.containsKey(answer.token())) {
            if (accepted) {
                inFlight.remove(answer.token());
            } else {
                sending = false; // it stays owed, for the next connection
                warning = Optional.of(answer.message());
            }
        }
        advance(nowNanos);
        return warning;
    }

    /** Sends what there is to send; to be called after each change of the outbox, and at the deadline. */
    public void advance(long nowNanos) {
        if (!asked) {
            return;
        }
        while (sending && inFlight.size() < window && !ready.isEmpty()) {
            Ledger.Recalled next = ready.remove();
            inFlight.put(--lastToken, next);
            link.publish(lastToken, Messages.replayed(next.message()));
        }
        if (sending && !fetching && ready.isEmpty() && nextSeq <= lastOwed) {
            fetching = true;
            ledger.fetch(++lastRequest, nextSeq, lastOwed, PAGE);
        }
        if (!watermarkInFlight && !watermarkRefused) {
            watermark.due(acknowledged(), nothingWaits(), nowNanos).ifPresent(seq -> publish(seq, nowNanos));
        }
    }

    private void publish(long seq, long nowNanos) {
        watermarkInFlight = true;
        watermark.published(seq, nowNanos);
        link.publish(WATERMARK_TOKEN, messages.watermark(seq));
    }

    /** When {@link #advance} is due; empty if nothing is put off. */
    public OptionalLong deadlineNanos() {
        return asked && !watermarkInFlight && !watermarkRefused
                ? watermark.deadlineNanos(acknowledged())
                : OptionalLong.empty();
    }

    /** True if neither the watermark nor anything that is sent again is on its way. */
    public boolean isIdle() {
        return inFlight.isEmpty() && !watermarkInFlight;
    }

    private boolean isOwing() {
        return lowestOwed() <= lastOwed;
    }

    private boolean nothingWaits() {
        return ledger.nothingWaits() && !isOwing();
    }

    /** The lowest number that is owed; {@code lastOwed + 1} or more if nothing is. */
    private long lowestOwed() {
        long lowest = ready.isEmpty() ? nextSeq : ready.element().seq();
        for (Ledger.Recalled each : inFlight.values()) {
            lowest = Math.min(lowest, each.seq());
        }
        return lowest;
    }

    private long acknowledgedLive() {
        return ledger.acknowledged().orElse(lastOwed);
    }

    private OptionalLong acknowledged() {
        OptionalLong of = ledger.acknowledged();
        return of.isPresent() && isOwing() ? OptionalLong.of(Math.min(of.getAsLong(), lowestOwed() - 1)) : of;
    }
}
