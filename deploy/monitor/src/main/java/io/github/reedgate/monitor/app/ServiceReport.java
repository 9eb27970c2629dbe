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
 * Reports to systemd that the monitor has started, that it is alive, and how it is. A daemon thread looks at the recorder and
 * the supervision once a second. Nothing of it survives a restart.
 *
 * <p>The monitor has started when both have completed their first round. It is alive while both complete rounds. A history
 * that fails or a broker that is gone does not stop the rounds, so neither restarts the monitor.
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
    private @Nullable Watchdog recorder;
    private @Nullable Watchdog supervision;
    private long looks;
    private long fedNanos;
    private long askedNanos;
    private String reported = "";
    private boolean troubled;

    /**
     * What a thread has done since it was started.
     *
     * @param rounds rounds that it completed
     * @param failedRounds rounds in which something failed unexpectedly
     */
    record Worked(long rounds, long failedRounds) {}

    /**
     * What was done since the start.
     *
     * @param recorder what the recorder has done
     * @param supervision what the supervision has done
     * @param summary how the monitor is, in one line for people
     */
    record Signs(Worked recorder, Worked supervision, String summary) {}

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
     * Looks at both once, and sends what systemd has to hear now.
     *
     * @param nowNanos the monotonic time
     */
    void look(long nowNanos) {
        Signs now = signs.get();
        looks++;
        Watchdog storing = recorder;
        Watchdog judging = supervision;
        if (storing != null && judging != null) {
            recorder = storing.looked(life(now.recorder()), nowNanos);
            supervision = judging.looked(life(now.supervision()), nowNanos);
            watch(trouble(recorder, supervision), now.summary(), nowNanos);
        } else if (now.recorder().rounds() > 0 && now.supervision().rounds() > 0) {
            status(now.summary());
            notifier.ready();
            feed(nowNanos);
            recorder = Watchdog.watching(limits(), life(now.recorder()), nowNanos);
            supervision = Watchdog.watching(limits(), life(now.supervision()), nowNanos);
        } else {
            await(nowNanos);
        }
    }

    /** The signs of one thread. The monitor has no lines and no store thread, so this thread reports its own count for both. */
    private LifeSigns life(Worked worked) {
        return new LifeSigns(worked.rounds(), worked.failedRounds(), looks, looks);
    }

    private static Optional<String> trouble(Watchdog storing, Watchdog judging) {
        return storing.trouble()
                .map(why -> "recorder: " + why)
                .or(() -> judging.trouble().map(why -> "supervision: " + why));
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

    private void watch(Optional<String> trouble, String summary, long nowNanos) {
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
