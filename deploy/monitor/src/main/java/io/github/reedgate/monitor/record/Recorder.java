package io.github.reedgate.monitor.record;

import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores every message and then acknowledges it, never before. While the history can't be written, messages wait here
 * unacknowledged, the broker keeps the others, and writing is tried again. Owned by one thread, which blocks on the history;
 * time is an argument. Nothing of it survives a restart: what was not acknowledged comes again.
 */
public final class Recorder {

    /** More gateways than one monitor supervises; a message of one more is rejected. */
    static final int MOST_GATEWAYS = 20_000;

    private static final int MOST_OWN = 1_000;
    private static final int TRIES_OF_ONE = 3;

    private final MessageReader reader;
    private final History history;
    private final Announcer announcer;
    private final Limits limits;
    private final Held held = new Held();
    private final Pending waiting = new Pending(held);
    private final Deque<OwnEvent> own = new ArrayDeque<>();
    private final Deque<Long> published = new ArrayDeque<>();
    private final GapWatch gaps = new GapWatch();
    private final Reporting reporting = new Reporting();
    private final Counters counters = new Counters();

    private boolean loaded;
    private int batchLimit;
    private int refusals;
    private @Nullable Fault fault;
    private long retryNanos;

    /**
     * Bounds of the recorder.
     *
     * @param batchEvents how many messages one transaction holds at most
     * @param batchBytes how many bytes of them, roughly
     * @param retry how long to wait after the history could not be written
     * @param mostBytes how many bytes of messages are held at most before the connection is ended, from their arrival until
     *     they are acknowledged
     */
    public record Limits(int batchEvents, int batchBytes, Duration retry, long mostBytes) {

        /** 1,000 messages or 1 MiB a transaction, 1 s, 32 MiB. */
        public static final Limits DEFAULT = new Limits(1_000, 1 << 20, Duration.ofSeconds(1), 32L << 20);
    }

    /**
     * Why the history can't be written.
     *
     * @param since since when
     * @param sinceNanos the same on the monotonic clock
     * @param reason why, and what to do about it
     */
    public record Fault(Instant since, long sinceNanos, String reason) {}

    /** A recorder that has read nothing from the history yet. */
    public Recorder(MessageReader reader, History history, Outlet outlet, Limits limits) {
        this.reader = reader;
        this.history = history;
        this.announcer = new Announcer(outlet);
        this.limits = limits;
        this.batchLimit = limits.batchEvents();
    }

    /** A message arrived; it is stored with the next {@link #work}. Returns what it is. */
    public Item received(Delivery delivery) {
        Item item = reader.read(delivery.message());
        received(item, delivery);
        return item;
    }

    /** A message arrived that somebody else has read; it is stored with the next {@link #work}, then acknowledged. */
    public void received(Item item, Delivery delivery) {
        waiting.add(item, delivery);
        counters.received();
    }

    /** The connection is up: everything retained is published again, and what the broker has not acknowledged. */
    public void connected() {
        announcer.connected();
    }

    /** The connection ended. */
    public void disconnected() {
        announcer.disconnected();
    }

    /** The broker acknowledged an own event. */
    public void published(long seq) {
        published.add(seq);
    }

    /** Something else that the monitor reports; the oldest is dropped if {@value #MOST_OWN} wait for the history. */
    public void report(OwnEvent event) {
        if (own.size() >= MOST_OWN) {
            own.remove();
            counters.reportDropped();
        }
        own.add(event);
    }

    /** Counts what arrives, also before this recorder gets it. Any thread may use it. */
    public Held held() {
        return held;
    }

    /** True if so much is held that the connection has to be ended until it is stored. May be called by any thread. */
    public boolean isFull() {
        return held.bytes() > limits.mostBytes();
    }

    /** True if {@link #work} has something to do now. */
    public boolean hasWork(long nowNanos) {
        boolean mayTry = fault == null || nowNanos - retryNanos >= 0;
        return mayTry && (!loaded || !waiting.isEmpty() || !own.isEmpty() || !published.isEmpty());
    }

    /**
     * Stores what waits, in one transaction, and acknowledges it. Does nothing while a failure is too recent.
     *
     * @param now the present time
     */
    public void work(Timestamp now) {
        if (fault != null && now.monotonicNanos() - retryNanos < 0) {
            return;
        }
        try {
            if (!loaded) {
                gaps.load(history.coverage());
                loaded = true;
            }
            store(now);
            gaps.look(now.monotonicNanos(), now.wall().toEpochMilli()).forEach(this::report);
            announcer.publish(history, gaps.states());
        } catch (HistoryException e) {
            failed(String.valueOf(e.getMessage()), now);
        }
    }

    private void store(Timestamp now) throws HistoryException {
        List<Pending.One> taken = waiting.first(batchLimit, limits.batchBytes());
        Batch batch = batch(taken);
        if (batch.isEmpty()) {
            return;
        }
        try {
            write(batch, now);
            stored(taken, now);
        } catch (HistoryException e) {
            batchLimit = Math.max(1, batchLimit / 2);
            if (taken.size() != 1 || !e.isOfData() || ++refusals < TRIES_OF_ONE) {
                throw e;
            }
            // the history refuses the data of one message, also after a damaged file was moved aside
            String reason = "the history can't store it: " + e.getMessage();
            Delivery delivery = taken.get(0).delivery();
            List<Pending.One> rejection =
                    List.of(new Pending.One(RejectedMessage.of(delivery.message(), reason), delivery));
            write(batch(rejection), now);
            stored(taken, now);
        }
    }

    private Batch batch(List<Pending.One> taken) {
        return Batching.of(taken, own, published, gateway -> gaps.size() >= MOST_GATEWAYS && !gaps.knows(gateway));
    }

    private Outcome write(Batch batch, Timestamp now) throws HistoryException {
        Runnable[] reported = {() -> {}};
        Outcome outcome = history.write(batch, happened -> {
            Reporting.Report report = reporting.of(
                    batch, happened, now.monotonicNanos(), now.wall().toEpochMilli());
            reported[0] = report.stored();
            return report.events();
        });
        reported[0].run();
        if (!batch.own().isEmpty()
                || !batch.published().isEmpty()
                || !batch.rejected().isEmpty()
                || !outcome.refused().isEmpty()
                || !outcome.conflicts().isEmpty()) {
            announcer.changed();
        }
        counters.add(batch, outcome);
        gaps.stored(batch, outcome, now.monotonicNanos());
        for (int i = 0; i < batch.own().size(); i++) {
            own.remove();
        }
        for (int i = 0; i < batch.published().size(); i++) {
            published.remove();
        }
        return outcome;
    }

    /** What is on disk is acknowledged, in the order of its arrival. */
    private void stored(List<Pending.One> taken, Timestamp now) {
        waiting.stored(taken.size());
        refusals = 0;
        batchLimit = Math.min(limits.batchEvents(), batchLimit * 2);
        Fault healed = fault;
        if (healed != null) {
            fault = null;
            long outage =
                    Duration.ofNanos(now.monotonicNanos() - healed.sinceNanos()).toMillis();
            report(new OwnEvent(
                    OwnEvent.Type.STORE_OK,
                    null,
                    "Events are stored again",
                    Map.of("outage_ms", outage),
                    now.wall().toEpochMilli()));
        }
    }

    private void failed(String reason, Timestamp now) {
        retryNanos = now.monotonicNanos() + limits.retry().toNanos();
        // the history may have been begun anew, or restored from a backup
        loaded = false;
        Fault former = fault;
        if (former == null) {
            fault = new Fault(now.wall(), now.monotonicNanos(), reason);
            report(new OwnEvent(
                    OwnEvent.Type.STORE_FAULT,
                    null,
                    "Events can't be stored; the broker keeps them: " + reason,
                    Map.of("reason", reason),
                    now.wall().toEpochMilli()));
        } else {
            fault = new Fault(former.since(), former.sinceNanos(), reason);
        }
    }

    /**
     * Removes what exceeds the bounds of the history.
     *
     * @param now the present time
     */
    public void prune(Timestamp now) {
        if (!loaded || fault != null) {
            return;
        }
        try {
            Pruned pruned = history.prune(now.wall().toEpochMilli());
            counters.pruned(pruned);
            pruned.gone().forEach((gateway, range) -> gaps.pruned(gateway, range, now.monotonicNanos()));
        } catch (HistoryException e) {
            failed(String.valueOf(e.getMessage()), now);
        }
    }

    /** Why the history can't be written; empty while it can. */
    public Optional<Fault> fault() {
        return Optional.ofNullable(fault);
    }

    /** The numbers that are missing; owned by the recorder's thread. */
    public Gaps gaps() {
        return gaps;
    }

    /** The state of each gateway. */
    public Map<String, String> states() {
        return gaps.states();
    }

    /** Figures for people, by name, in order; each but {@code waiting} counts from the start of the program. */
    public Map<String, Long> figures() {
        Map<String, Long> figures = counters.figures();
        figures.put("waiting", (long) waiting.size());
        figures.put("waiting_bytes", held.bytes());
        return figures;
    }
}
