package io.github.reedgate.app;

import io.github.reedgate.file.FileReason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Serves the control socket for as long as a gateway runs. If the socket can't be made, the gateway runs on without it, and a
 * thread of this class tries again every {@link #RETRY}: a disk gets room again, a folder its owner. Safe for use by any thread.
 */
final class ControlService implements Closeable {

    /** The time between two tries. */
    static final Duration RETRY = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(ControlService.class);

    private final Path path;
    private final Opening opening;
    private final LongSupplier nanoTime;
    private final BiConsumer<Level, String> log;
    private @Nullable Closeable socket;
    private boolean hasFailed;
    private long dueNanos;
    private volatile boolean isClosed;

    /**
     * A service that has not tried yet.
     *
     * @param path where the socket is going to be, for messages
     * @param opening makes the socket and serves it
     * @param nanoTime the monotonic clock
     */
    ControlService(Path path, Opening opening, LongSupplier nanoTime) {
        this(path, opening, nanoTime, (level, text) -> LOG.atLevel(level).log(text));
    }

    /** The same with another log. */
    ControlService(Path path, Opening opening, LongSupplier nanoTime, BiConsumer<Level, String> log) {
        this.path = path;
        this.opening = opening;
        this.nanoTime = nanoTime;
        this.log = log;
    }

    /** Makes the socket and serves it. */
    @FunctionalInterface
    interface Opening {

        /**
         * Makes it.
         *
         * @return ends the service
         * @throws IOException if it can't be made
         */
        Closeable open() throws IOException;
    }

    /** Tries once; if that fails, a thread goes on trying. Returns at once. */
    void start() {
        if (!attend(nanoTime.getAsLong())) {
            Thread thread = new Thread(this::retry, "control-retry");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void retry() {
        while (!isClosed && !attend(nanoTime.getAsLong())) {
            LockSupport.parkNanos(this, RETRY.toNanos());
        }
    }

    /** Tries if a try is due; returns true once there is a socket. The first failure and the first success behind it are logged. */
    synchronized boolean attend(long nowNanos) {
        if (socket != null || isClosed) {
            return true;
        }
        if (hasFailed && nowNanos - dueNanos < 0) {
            return false;
        }
        try {
            socket = opening.open();
            if (hasFailed) {
                log.accept(Level.INFO, path + " is open now; commands on this machine reach the gateway");
            }
            return true;
        } catch (IOException | RuntimeException e) {
            dueNanos = nowNanos + RETRY.toNanos();
            if (!hasFailed) {
                log.accept(
                        Level.ERROR,
                        path + " can't be opened (" + reason(e) + "); commands on this machine can't reach the gateway,"
                                + " which goes on and tries again every " + RETRY.toSeconds() + " s");
            }
            hasFailed = true;
            return false;
        }
    }

    private static String reason(Exception e) {
        return e instanceof IOException failed ? FileReason.of(failed) : e.toString();
    }

    @Override
    public synchronized void close() throws IOException {
        isClosed = true;
        Closeable open = socket;
        socket = null;
        if (open != null) {
            open.close();
        }
    }
}
