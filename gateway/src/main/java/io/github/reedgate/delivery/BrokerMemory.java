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
 * Keeps the watermark at the broker, and sends the broker again what it forgot, from the log, beside the {@link Courier}.
 * It publishes no watermark on a connection before the broker has said what it remembers. What was not acknowledged when
 * a connection ends is owed on the next one. Owned by the loop thread; never blocks; time is an argument.
 */
public final class BrokerMemory {

    /** How many messages that are sent again may be unacknowledged; fewer if the broker takes few. */
    static final int WINDOW = 16;

    /** What part of the broker's receive maximum is used; the rest is the courier's. */
    private static final int SHARE = 4;

    /** How many numbers are gone back at most, whatever the broker remembers; there may be fewer events in them. */
    public static final int MOST_RESENT = Watermark.MOST_RESENT;

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
    private final ResendPace pace = new ResendPace();
    private Optional<LeftOut> leftOut = Optional.empty();
    private final Rejections rejections = new Rejections();
    private boolean held;
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
            warning = Optional.of(gap.message() + owe(gap));
        } else if (verdict instanceof Watermark.Verdict.Tell told) {
            warning = Optional.of(told.message());
        }
        advance(nowNanos);
        return warning;
    }

    /** From now on the numbers of a gap are resent, the newest of them only if they are many; returns what to say of that. */
    private String owe(Watermark.Verdict.Resend gap) {
        // not counted from what is to be resent already: a broker that remembers less on each connection would lead
        // back
        // without end
        long lowest = Math.max(gap.toSeq(), acknowledgedLive()) - MOST_RESENT + 1;
        long from = Math.max(gap.fromSeq(), lowest);
        if (from <= gap.toSeq()) {
            nextSeq = isOwing() ? Math.min(nextSeq, from) : from;
            lastOwed = Math.max(lastOwed, gap.toSeq());
        }
        if (from == gap.fromSeq()) {
            return "";
        }
        long last = Math.min(from - 1, gap.toSeq());
        leftOut = Optional.of(new LeftOut(gap.fromSeq(), last));
        return "; but not those from number " + gap.fromSeq() + " to " + last + ", as only " + MOST_RESENT
                + " numbers are gone back: they stay in the log, see reedgate log";
    }

    /** What was left out since this was asked last, as it was too much to be sent again. */
    public Optional<LeftOut> takeLeftOut() {
        Optional<LeftOut> taken = leftOut;
        leftOut = Optional.empty();
        return taken;
    }

    /** Lets nothing be sent, or again: while a message is looked for that the broker does not bear, nothing may be beside it. */
    public void hold(boolean on) {
        held = on;
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
            long seq = inFlight.get(answer.token()).seq();
            if (rejections.isDone(seq, answer.outcome())) {
                inFlight.remove(answer.token());
                warning = accepted ? Optional.empty() : Optional.of(leave(seq, answer.message()));
            } else {
                sending = false; // it stays owed, for the next connection
                warning = Optional.of(answer.message());
            }
        }
        advance(nowNanos);
        return warning;
    }

    private String leave(long seq, String reason) {
        leftOut = Optional.of(new LeftOut(seq, seq));
        return "event " + seq + " is not sent again: " + reason;
    }

    /** Sends what there is to send; to be called after each change of the outbox, and at the deadline. */
    public void advance(long nowNanos) {
        if (!asked || held) {
            return;
        }
        while (sending && inFlight.size() < window && !ready.isEmpty() && pace.allows(nowNanos)) {
            Ledger.Recalled next = ready.remove();
            pace.sent(nowNanos);
            inFlight.put(--lastToken, next);
            link.publish(lastToken, Messages.replayed(next.message()));
        }
        if (sending && !fetching && ready.isEmpty() && nextSeq <= lastOwed) {
            fetching = true;
            ledger.fetch(++lastRequest, nextSeq, lastOwed, PAGE);
        }
        if (isRenewable()) {
            watermark.due(acknowledged(), nothingWaits(), nowNanos).ifPresent(seq -> publish(seq, nowNanos));
        }
    }

    private boolean isRenewable() {
        return !watermarkInFlight
                && !watermarkRefused
                && ledger.knowsItSent(acknowledged().orElse(0));
    }

    private void publish(long seq, long nowNanos) {
        watermarkInFlight = true;
        watermark.published(seq, nowNanos);
        link.publish(WATERMARK_TOKEN, messages.watermark(seq));
    }

    /** When {@link #advance} is due; empty if nothing is put off. */
    public OptionalLong deadlineNanos() {
        OptionalLong renewal = asked && isRenewable() ? watermark.deadlineNanos(acknowledged()) : OptionalLong.empty();
        if (!sending || ready.isEmpty() || inFlight.size() >= window) {
            return renewal;
        }
        long next = pace.nextNanos();
        return renewal.isPresent() && renewal.getAsLong() - next < 0 ? renewal : OptionalLong.of(next);
    }

    /** True if neither the watermark nor anything that is sent again is on its way. */
    public boolean isIdle() {
        return inFlight.isEmpty() && !watermarkInFlight;
    }

    /** Whether events wait to be sent again, or are in flight. */
    public boolean isOwing() {
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
