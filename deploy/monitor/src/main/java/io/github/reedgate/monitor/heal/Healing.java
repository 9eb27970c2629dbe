package io.github.reedgate.monitor.heal;

import io.github.reedgate.monitor.record.Gaps;
import io.github.reedgate.monitor.record.NumberRange;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Decides which gateway is asked for which missing numbers, and judges each message of the answers. Owned by the recorder's
 * thread; does no input or output, and time is an argument. Nothing of it survives a restart: the history tells what is missing.
 */
public final class Healing {

    /** How many gateways are asked at the same time. */
    static final int MOST_OPEN = 8;

    /** How long a request is waited for without a message of its answer. */
    static final Duration SILENCE = Duration.ofSeconds(60);

    /** How long a request is waited for at all. */
    static final Duration LONGEST_ANSWER = Duration.ofMinutes(10);

    /** The time between a whole answer and the next request to the same gateway. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private final Peers peers = new Peers();
    private final Supplier<String> tokens;
    private final Waits waits;
    private final HealCounters counters = new HealCounters();
    private boolean isConnected;
    private int open;

    /**
     * A healing that has asked nobody.
     *
     * @param tokens correlation data that nobody can guess, another each time
     * @param seed for the jitter of the waits
     */
    public Healing(Supplier<String> tokens, long seed) {
        this.tokens = tokens;
        this.waits = new Waits(seed);
    }

    /** The connection is up. */
    void connected() {
        isConnected = true;
    }

    /** The connection ended: every request is given up, and no gateway counts as heard. */
    void disconnected(Timestamp now) {
        isConnected = false;
        peers.all().values().forEach(peer -> {
            peer.isOnline = false;
            peer.isHeard = false;
            giveUp(peer, now);
        });
    }

    /** A message of a gateway arrived; one that the broker had retained is no sign of life. */
    void heard(String gateway, boolean isRetained, Timestamp now) {
        Peer peer = peers.of(gateway, now);
        if (peer != null) {
            peer.isHeard |= !isRetained;
        }
    }

    /**
     * A gateway's availability is known. If it is offline, its request is given up: the gateway has forgotten it. If it has just come
     * online, it is asked as if no request had failed.
     *
     * @param isRetained true if the broker had retained it, so that it may be old
     */
    void availability(String gateway, boolean isOnline, boolean isRetained, Timestamp now) {
        Peer peer = peers.of(gateway, now);
        if (peer != null) {
            if (isOnline && !peer.isOnline && !isRetained) {
                waits.cameOnline(peer, now);
            }
            peer.isOnline = isOnline;
            if (!isOnline) {
                peer.isHeard = false;
                giveUp(peer, now);
            }
        }
    }

    /**
     * The broker did not deliver a request. If the gateway does not subscribe to requests, it is asked again soon, because it may not
     * have subscribed yet. Does nothing if a message of the answer has come.
     */
    void lost(LogAsk ask, LogAsking.Reason reason, Timestamp now) {
        Peer peer = peers.get(ask.gateway());
        Optional<LogRequest> asked = peer == null ? Optional.empty() : peer.request(ask.token());
        if (peer == null || asked.isEmpty() || !peer.isOpen) {
            return;
        }
        if (reason == LogAsking.Reason.NOT_SENT) {
            giveUp(peer, now);
        } else if (!asked.get().isAnswered()) {
            counters.unsubscribed++;
            close(peer);
            waits.unsubscribed(peer, now);
        }
    }

    /**
     * Gives up what is overdue, and chooses whom to ask now.
     *
     * @param mayAsk false while the history can't be written
     * @return the requests to send
     */
    List<LogAsk> tick(Gaps gaps, boolean mayAsk, Timestamp now) {
        List<Map.Entry<String, Peer>> ready = new ArrayList<>();
        for (Map.Entry<String, Peer> each : peers.all().entrySet()) {
            Peer peer = each.getValue();
            lapse(peer, now);
            if (!gaps.incomplete().contains(each.getKey())) {
                forget(peer, now);
            } else if (peer.isReady(now.monotonicNanos())) {
                ready.add(each);
            }
        }
        if (!isConnected || !mayAsk) {
            return List.of();
        }
        ready.sort(Comparator.comparingLong(each -> each.getValue().dueNanos - now.monotonicNanos()));
        List<LogAsk> asks = new ArrayList<>();
        for (Map.Entry<String, Peer> each : ready) {
            if (open >= MOST_OPEN) {
                break;
            }
            List<NumberRange> missing = gaps.missing(each.getKey(), now.monotonicNanos());
            if (!missing.isEmpty()) {
                asks.add(ask(each.getKey(), each.getValue(), RangeChoice.of(missing, each.getValue().cursor), now));
            }
        }
        return asks;
    }

    private LogAsk ask(String gateway, Peer peer, RangeChoice choice, Timestamp now) {
        LogAsk ask = new LogAsk(gateway, choice.range(), tokens.get());
        peer.cursor = choice.range().from();
        peer.request = new LogRequest(ask, choice.lacking(), now.monotonicNanos());
        peer.isOpen = true;
        open++;
        counters.asked++;
        return ask;
    }

    private void lapse(Peer peer, Timestamp now) {
        if (peer.isOverdue(now.monotonicNanos())) {
            counters.unanswered++;
            giveUp(peer, now);
        }
    }

    /** Nothing of the gateway is missing: what was learned of its gaps is over. */
    private void forget(Peer peer, Timestamp now) {
        if (!peer.isOpen && peer.settling == null) {
            peer.request = null;
            peer.cursor = 0;
            if (peer.hasAnswered && peer.failures > 0) {
                peer.failures = 0;
                peer.dueNanos = now.monotonicNanos();
            }
        }
    }

    /** The request is not waited for any more; what still comes of its answer is taken until another is sent. */
    private void giveUp(Peer peer, Timestamp now) {
        if (peer.isOpen) {
            close(peer);
            waits.failed(peer, now);
        }
    }

    private void close(Peer peer) {
        if (peer.isOpen) {
            peer.isOpen = false;
            open--;
        }
    }

    /**
     * Judges a message on the topic for answers of a gateway.
     *
     * @param token its correlation data; empty if it has none
     */
    Verdict answered(String gateway, String token, LogAnswer answer, Timestamp now) {
        Peer peer = peers.get(gateway);
        Optional<LogRequest> asked = peer == null ? Optional.empty() : peer.request(token);
        if (peer == null || asked.isEmpty()) {
            counters.strays++;
            return new Verdict.Ignore();
        }
        LogRequest request = asked.get();
        peer.hasAnswered = true;
        peer.unsubscribed = 0;
        if (!request.hears(now.monotonicNanos())) {
            return refuse(peer, "the answer has more messages than numbers were asked for", now);
        }
        if (answer instanceof LogAnswer.Replayed replayed) {
            return store(peer, request, replayed, now);
        }
        if (answer instanceof LogAnswer.End end) {
            return end(peer, request, end, now);
        }
        if (answer instanceof LogAnswer.Failure failure) {
            fail(peer, request, failure, now);
            return new Verdict.Ignore();
        }
        counters.rejected++;
        return new Verdict.Reject(
                answer instanceof LogAnswer.Unreadable unreadable ? unreadable.reason() : "it is no answer");
    }

    private Verdict store(Peer peer, LogRequest request, LogAnswer.Replayed replayed, Timestamp now) {
        long seq = replayed.event().seq();
        boolean isNews = request.isNews(seq);
        Optional<String> problem = request.take(seq);
        if (problem.isPresent()) {
            return refuse(peer, problem.get(), now);
        }
        counters.healed += isNews ? 1 : 0;
        return new Verdict.Store(replayed.event());
    }

    private Verdict end(Peer peer, LogRequest request, LogAnswer.End end, Timestamp now) {
        Optional<String> problem = request.problem(end);
        if (problem.isPresent()) {
            return refuse(peer, problem.get(), now);
        }
        List<NumberRange> gone = request.gone(end);
        counters.gone += gone.stream().mapToLong(NumberRange::count).sum();
        close(peer);
        peer.request = null;
        peer.settling = request.ask().token();
        peer.cursor = request.ask().range().to() + 1;
        if (gone.isEmpty() && !request.hasGained()) {
            waits.failed(peer, now);
        } else {
            peer.failures = 0;
            peer.dueNanos = now.monotonicNanos() + PAUSE.toNanos();
        }
        return new Verdict.Settle(gone);
    }

    private void fail(Peer peer, LogRequest request, LogAnswer.Failure failure, Timestamp now) {
        counters.refused++;
        close(peer);
        peer.request = null;
        if (!failure.word().equals("busy")) {
            // what can't be read must not keep what is behind it from being asked for
            peer.cursor = request.ask().range().to() + 1;
        }
        waits.failed(peer, now);
    }

    /** A gateway lies: nothing more of this answer is taken. */
    private Verdict refuse(Peer peer, String reason, Timestamp now) {
        counters.rejected++;
        close(peer);
        peer.request = null;
        waits.failed(peer, now);
        return new Verdict.Reject(reason);
    }

    /** All of a whole answer is stored, so that the gaps are known without it. */
    void settled(String gateway, String token) {
        Peer peer = peers.get(gateway);
        if (peer != null && token.equals(peer.settling)) {
            peer.settling = null;
        }
    }

    /** The requests that are waited for, by gateway. */
    Map<String, NumberRange> asking() {
        return peers.asking();
    }

    /** Figures for people, by name, in order; each counts from the start of the program. */
    Map<String, Long> figures() {
        return counters.figures();
    }
}
