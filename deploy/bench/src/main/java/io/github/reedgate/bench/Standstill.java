package io.github.reedgate.bench;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices when this whole process got no processor, or its collector stopped all of it: a thread that has nothing to do but to
 * wake up every few milliseconds comes late then. A gateway that is merely busy doesn't keep it from waking.
 */
final class Standstill implements AutoCloseable {

    private static final Duration BEAT = Duration.ofMillis(5);

    private final AtomicLong longestNanos = new AtomicLong();
    private final Thread thread = new Thread(this::beat, "standstill");
    private volatile boolean ends;

    private Standstill() {}

    static Standstill watch() {
        Standstill standstill = new Standstill();
        standstill.thread.setDaemon(true);
        standstill.thread.start();
        return standstill;
    }

    private void beat() {
        long wokenNanos = System.nanoTime();
        while (!ends) {
            LockSupport.parkNanos(BEAT.toNanos());
            long nowNanos = System.nanoTime();
            longestNanos.accumulateAndGet(nowNanos - wokenNanos - BEAT.toNanos(), Math::max);
            wokenNanos = nowNanos;
        }
    }

    /** How much too late it woke up at the worst. */
    Duration longest() {
        return Duration.ofNanos(longestNanos.get());
    }

    @Override
    public void close() {
        ends = true;
        LockSupport.unpark(thread);
    }
}
