package io.github.reedgate.app;

import io.github.reedgate.core.Input;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up every 30 s whether the wall clock can be trusted ({@link ClockSync}). Reports it to the core when that changes.
 * Runs on a daemon thread of its own, because asking a program may take seconds.
 */
final class ClockCheck implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClockCheck.class);
    private static final int PAUSE_SECONDS = 30;

    private final InputQueue queue;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "clock-check");
        daemon.setDaemon(true);
        return daemon;
    });
    private boolean told;

    ClockCheck(InputQueue queue) {
        this.queue = queue;
    }

    /** Begins; the first answer comes at once, others only when they differ. */
    @SuppressWarnings("FutureReturnValueIgnored") // check() catches what it may throw
    void start() {
        thread.scheduleWithFixedDelay(this::check, 0, PAUSE_SECONDS, TimeUnit.SECONDS);
    }

    private void check() {
        try {
            boolean synced = ClockSync.isTrustedHere();
            if (synced != told) {
                told = synced;
                queue.offer(new LoopInput.Core(new Input.ClockChecked(synced)));
            }
        } catch (RuntimeException e) {
            LOG.warn("whether the clock can be trusted can't be found out: {}", e.toString());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
