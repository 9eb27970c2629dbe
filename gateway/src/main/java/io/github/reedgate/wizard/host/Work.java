package io.github.reedgate.wizard.host;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A step that another thread may end. Safe for use by any thread. */
final class Work {

    private @Nullable Thread worker;

    /** The calling thread begins. */
    synchronized void begin() {
        worker = Thread.currentThread();
    }

    /** The calling thread has ended, and has put back what it had to. */
    synchronized void end() {
        worker = null;
        notifyAll();
    }

    /** True if a thread works. */
    synchronized boolean isRunning() {
        return worker != null;
    }

    /**
     * Interrupts the thread that works. Returns at once if none does.
     */
    synchronized void interrupt() {
        Thread working = worker;
        if (working != null) {
            working.interrupt();
        }
    }

    /**
     * Waits until no thread works.
     *
     * @return false if one works still when the time is over
     */
    synchronized boolean await(Duration limit) throws InterruptedException {
        long endNanos = System.nanoTime() + limit.toNanos();
        while (worker != null) {
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
            if (leftMillis <= 0) {
                return false;
            }
            wait(leftMillis);
        }
        return true;
    }
}
