package io.github.reedgate.app;

import io.github.reedgate.service.SystemdNotifier;
import io.github.reedgate.service.Watchdog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over the gateway from a daemon thread of its own and tells the service manager: while it starts, that it needs time;
 * once it senses, that it is ready; then that it is alive, as long as it is.
 */
final class Vigil implements AutoCloseable {

    /** A start that takes longer than this has gone wrong: opening a large store on a slow card takes a minute or two. */
    private static final Duration LONGEST_START = Duration.ofMinutes(10);

    private static final Duration EXTENSION = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);

    private final SystemdNotifier notifier;
    private final Optional<Duration> interval;
    private final Pulse pulse;
    private final Watchdog.Limits limits;
    private final LongSupplier nanoTime;
    private final Duration pause;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Store store;
    private String told = "";
    private volatile boolean troubled;

    /** The store's thread as seen from here. */
    interface Store {

        /** Wakes it, so that it completes a round. */
        void wake();

        /** How many rounds it has completed. */
        long turns();
    }

    /**
     * A vigil that has not begun.
     *
     * @param notifier whom to tell
     * @param interval within which time it wants to be told that the gateway is alive; empty if it does not
     * @param pulse the loop's
     * @param limits how long each part may do nothing
     * @param nanoTime the monotonic clock
     */
    Vigil(
            SystemdNotifier notifier,
            Optional<Duration> interval,
            Pulse pulse,
            Watchdog.Limits limits,
            LongSupplier nanoTime) {
        this.notifier = notifier;
        this.interval = interval;
        this.pulse = pulse;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.pause = interval.map(time -> time.dividedBy(4))
                .filter(time -> time.compareTo(LONGEST_PAUSE) < 0)
                .orElse(LONGEST_PAUSE);
    }

    /** Begins; while the gateway starts, the service manager is asked for time. */
    void begin() {
        Thread thread = new Thread(this::live, "vigil");
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on there is a store to watch; before the loop is started. */
    void watch(Store opened) {
        store = opened;
    }

    private void live() {
        try {
            if (awaitSensing()) {
                tellStatus(pulse.status());
                notifier.ready();
                watchOver();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False if the vigil ended before. */
    private boolean awaitSensing() throws InterruptedException {
        long startNanos = nanoTime.getAsLong();
        long askedNanos = startNanos;
        notifier.extend(EXTENSION);
        tellStatus("starting");
        while (!pulse.awaitSensing(pause)) {
            long nowNanos = nanoTime.getAsLong();
            if (ended.getCount() == 0) {
                return false;
            }
            if (nowNanos - askedNanos >= EXTENSION.dividedBy(3).toNanos()
                    && nowNanos - startNanos < LONGEST_START.toNanos()) {
                askedNanos = nowNanos;
                notifier.extend(EXTENSION);
            }
        }
        return true;
    }

    private void watchOver() throws InterruptedException {
        long fedNanos = nanoTime.getAsLong();
        Watchdog watchdog = Watchdog.watching(limits, pulse.signs(storeTurns()), fedNanos);
        notifier.alive();
        do {
            long nowNanos = nanoTime.getAsLong();
            watchdog = watchdog.looked(pulse.signs(storeTurns()), nowNanos);
            Optional<String> trouble = watchdog.trouble();
            note(trouble);
            if (trouble.isEmpty() && isDue(nowNanos - fedNanos)) {
                fedNanos = nowNanos;
                notifier.alive();
            }
            wakeStore();
        } while (!ended.await(pause.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** So early that the next pause ends well before half of the interval is over. */
    private boolean isDue(long sinceNanos) {
        return interval.isPresent() && sinceNanos >= interval.get().toNanos() / 4 - pause.toNanos() / 2;
    }

    private void note(Optional<String> trouble) {
        if (trouble.isPresent() && !troubled) {
            LOG.error("not alive: {}; the service manager is told no more that it is", trouble.get());
        } else if (trouble.isEmpty() && troubled) {
            LOG.info("alive again");
        }
        troubled = trouble.isPresent();
        tellStatus(trouble.map(what -> "not alive: " + what).orElseGet(pulse::status));
    }

    private void tellStatus(String status) {
        if (!status.equals(told)) {
            told = status;
            notifier.status(status);
        }
    }

    private long storeTurns() {
        Store watched = store;
        return watched == null ? 0 : watched.turns();
    }

    private void wakeStore() {
        Store watched = store;
        if (watched != null) {
            watched.wake();
        }
    }

    /** True if the loop, the lines and the store were alive when this thread looked last; true before it has looked. */
    boolean isWell() {
        return !troubled;
    }

    /** The gateway was told to stop, and will have within this time. */
    void stopping(Duration limit) {
        close();
        notifier.stopping(limit);
        notifier.status("stopping");
    }

    /** Ends it; waits for nothing. */
    @Override
    public void close() {
        ended.countDown();
    }
}
