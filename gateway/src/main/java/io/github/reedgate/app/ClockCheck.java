package io.github.reedgate.app;

import io.github.reedgate.core.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up whether the wall clock is synchronised and tells the core when that changes: by the file that systemd-timesyncd
 * keeps, else by asking {@code timedatectl}. A Pi has no clock that outlives the power, so until one of them says yes the
 * answer is no. Runs on a daemon thread of its own, since asking a program may take seconds.
 */
final class ClockCheck implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClockCheck.class);
    private static final Path TIMESYNCD = Path.of("/run/systemd/timesync/synchronized");
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
            boolean synced = Files.exists(TIMESYNCD) || timedatectlSaysYes();
            if (synced != told) {
                told = synced;
                queue.offer(new Input.Core(new Event.ClockChecked(synced)));
            }
        } catch (RuntimeException e) {
            LOG.warn("whether the clock is synchronised can't be found out: {}", e.toString());
        }
    }

    private static boolean timedatectlSaysYes() {
        try {
            Process process = new ProcessBuilder("timedatectl", "show", "-p", "NTPSynchronized", "--value")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII)
                    .strip()
                    .equals("yes");
        } catch (IOException e) {
            LOG.debug("timedatectl can't be run: {}", e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
