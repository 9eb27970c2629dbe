package io.github.reedgate.sim;

import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that plays {@link SimulatedLines} in real time ({@link System#nanoTime()}). Edges come as near to their time as
 * the operating system wakes the thread, which on a busy machine may be milliseconds late; late ones follow at once and in
 * order, none is left out.
 */
public final class LineDriver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LineDriver.class);
    private static final long SPIN_NANOS = 80_000;
    private static final long CLOSE_LIMIT_MILLIS = 2_000;

    private final SimulatedLines lines;
    private final Thread thread;
    private volatile boolean running = true;

    /** Starts at once. The lines must use {@link System#nanoTime()} as their clock. */
    public LineDriver(SimulatedLines lines) {
        this.lines = lines;
        this.thread = new Thread(this::run, "sim-lines");
        thread.setDaemon(true);
        lines.onPlan(() -> LockSupport.unpark(thread));
        thread.start();
    }

    private void run() {
        while (running) {
            waitUntil(advance());
        }
    }

    private long advance() {
        try {
            return lines.advance();
        } catch (RuntimeException failed) {
            LOG.error("an observer of the simulated lines failed; playing goes on", failed);
            return lines.nextDueNanos();
        }
    }

    private void waitUntil(long dueNanos) {
        if (dueNanos == Long.MAX_VALUE) {
            LockSupport.park(this);
            return;
        }
        long left = dueNanos - System.nanoTime();
        if (left > SPIN_NANOS) {
            LockSupport.parkNanos(this, left - SPIN_NANOS);
        } else if (left > 0) {
            Thread.onSpinWait();
        }
    }

    /** Ends the thread; edges still to come are not played. Waits two seconds at most. */
    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_LIMIT_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
