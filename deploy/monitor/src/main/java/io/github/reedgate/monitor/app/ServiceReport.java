package io.github.reedgate.monitor.app;

import io.github.reedgate.service.LifeSigns;
import io.github.reedgate.service.SystemdNotifier;
import io.github.reedgate.service.Watchdog;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports to systemd that the monitor has started, that it is alive, and how it is. A daemon thread looks at the recorder
 * once a second. Nothing of it survives a restart.
 *
 * <p>The monitor has started when the recorder has completed its first round. It is alive while the recorder completes
 * rounds. A history that fails or a broker that is gone does not stop the rounds, so neither restarts the monitor.
 */
final class ServiceReport implements AutoCloseable {

    /** A batch on a slow disk or a server may take long; nothing but a thread that hangs takes this long. */
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(2);

    private static final int MOST_FAILURES = 50;
    private static final Duration FAILURE_WINDOW = Duration.ofMinutes(1);
    private static final Duration LONGEST_START = Duration.ofMinutes(10);
    private static final Duration EXTENSION = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(ServiceReport.class);

    private final SystemdNotifier notifier;
    private final Optional<Duration> interval;
    private final Supplier<Signs> signs;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final long startNanos;
    // owned by the thread that looks
    private @Nullable Watchdog watchdog;
    private long looks;
    private long fedNanos;
    private long askedNanos;
    private String reported = "";
    private boolean troubled;

    /**
     * What the recorder has done since it was started.
     *
     * @param rounds rounds that it completed
     * @param failedRounds rounds that ended with an exception
     * @param summary how the monitor is, in one line for people
     */
    record Signs(long rounds, long failedRounds, String summary) {}

    /**
     * A report that has not begun.
     *
     * @param notifier the way to systemd
     * @param interval within which systemd wants to hear that the monitor is alive; empty if it does not ask
     * @param signs asked once for each look; does not block
     * @param nowNanos the monotonic time
     */
    ServiceReport(SystemdNotifier notifier, Optional<Duration> interval, Supplier<Signs> signs, long nowNanos) {
        this.notifier = notifier;
        this.interval = interval;
        this.signs = signs;
        this.startNanos = nowNanos;
        this.askedNanos = nowNanos;
    }

    /** Starts the thread. */
    void begin() {
        notifier.extend(EXTENSION);
        Thread thread = new Thread(this::live, "service-report");
        thread.setDaemon(true);
        thread.start();
    }

    private void live() {
        Duration pause = interval.map(time -> time.dividedBy(8))
                .filter(time -> time.compareTo(LONGEST_PAUSE) < 0)
                .orElse(LONGEST_PAUSE);
        boolean isDone = false;
        while (!isDone) {
            try {
                look(System.nanoTime());
            } catch (RuntimeException e) {
                LOG.error("reporting to systemd failed; it is tried again", e);
            }
            isDone = hasEnded(pause);
        }
    }

    private boolean hasEnded(Duration pause) {
        try {
            return ended.await(pause.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /**
     * Looks at the recorder once, and sends what systemd has to hear now.
     *
     * @param nowNanos the monotonic time
     */
    void look(long nowNanos) {
        Signs now = signs.get();
        looks++;
        // the monitor reads no line, and the recorder itself stores: both count as alive while somebody looks
        LifeSigns life = new LifeSigns(now.rounds(), now.failedRounds(), looks, looks);
        Watchdog before = watchdog;
        if (before != null) {
            watch(before.looked(life, nowNanos), now.summary(), nowNanos);
        } else if (now.rounds() > 0) {
            status(now.summary());
            notifier.ready();
            feed(nowNanos);
            watchdog = Watchdog.watching(limits(), life, nowNanos);
        } else {
            await(nowNanos);
        }
    }

    private static Watchdog.Limits limits() {
        return new Watchdog.Limits(
                LONGEST_ROUND, LONGEST_ROUND, LONGEST_ROUND, MOST_FAILURES, FAILURE_WINDOW, Duration.ofSeconds(5));
    }

    /** Asks for more time while the monitor starts: a large history on a slow disk takes minutes to open. */
    private void await(long nowNanos) {
        status("starting");
        boolean isDue = nowNanos - askedNanos >= EXTENSION.dividedBy(3).toNanos();
        if (isDue && nowNanos - startNanos < LONGEST_START.toNanos()) {
            askedNanos = nowNanos;
            notifier.extend(EXTENSION);
        }
    }

    private void watch(Watchdog now, String summary, long nowNanos) {
        watchdog = now;
        Optional<String> trouble = now.trouble();
        if (trouble.isPresent()) {
            status("not alive: " + trouble.get());
            if (!troubled) {
                LOG.error("not alive: {}; systemd restarts the monitor if this goes on", trouble.get());
            }
            troubled = true;
            return;
        }
        troubled = false;
        status(summary);
        if (interval.isPresent() && nowNanos - fedNanos >= interval.get().toNanos() / 4) {
            feed(nowNanos);
        }
    }

    private void feed(long nowNanos) {
        fedNanos = nowNanos;
        notifier.alive();
    }

    private void status(String text) {
        if (!text.equals(reported)) {
            reported = text;
            notifier.status(text);
        }
    }

    /**
     * Reports that the monitor is about to end.
     *
     * @param limit how long that takes at most
     */
    void stopping(Duration limit) {
        close();
        notifier.stopping(limit);
    }

    /** Ends the thread; does not wait for it. */
    @Override
    public void close() {
        ended.countDown();
    }
}
