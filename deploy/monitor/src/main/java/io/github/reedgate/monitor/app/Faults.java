package io.github.reedgate.monitor.app;

import java.time.Duration;
import org.slf4j.Logger;

/** Counts and logs what failed unexpectedly, and lets the rest go on. Owned by one thread. */
final class Faults {

    private static final Duration LOG_EVERY = Duration.ofSeconds(10);

    private final Logger log;
    private long count;
    private long loggedNanos = System.nanoTime() - LOG_EVERY.toNanos();

    Faults(Logger log) {
        this.log = log;
    }

    /**
     * Does something whose failure must cost nothing else.
     *
     * @param what for the log
     * @return false if it failed
     */
    boolean guard(String what, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            count++;
            if (System.nanoTime() - loggedNanos >= LOG_EVERY.toNanos()) {
                loggedNanos = System.nanoTime();
                log.error("{} failed, the rest goes on; failures so far: {}", what, count, e);
            }
            return false;
        }
    }

    /** How much failed so far. */
    long count() {
        return count;
    }
}
