package io.github.reedgate.testbroker;

import java.util.concurrent.TimeUnit;

/** Lets so many bytes a second through, in one direction of all connections together. Safe for use by any thread. */
final class Throttle {

    /** Bytes passed on at once while slow, so that the flow is even. */
    static final int SLOW_CHUNK_BYTES = 128;

    private long bytesPerSecond; // guarded by this; 0 for no limit
    private long freeNanos = System.nanoTime(); // guarded by this

    /** Sets the limit; 0 takes it away. Who waits now goes on at once. */
    synchronized void limit(long newBytesPerSecond) {
        bytesPerSecond = newBytesPerSecond;
        freeNanos = System.nanoTime();
        notifyAll();
    }

    /** How many of so many bytes may be passed on at once. */
    synchronized int chunk(int bytes) {
        return bytesPerSecond == 0 ? bytes : Math.min(bytes, SLOW_CHUNK_BYTES);
    }

    /** Blocks until the line is free for these bytes, and occupies it. */
    synchronized void pass(int bytes) throws InterruptedException {
        long waitNanos = freeNanos - System.nanoTime();
        while (bytesPerSecond > 0 && waitNanos > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, waitNanos);
            waitNanos = freeNanos - System.nanoTime();
        }
        if (bytesPerSecond > 0) {
            freeNanos = System.nanoTime() + bytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
        }
    }
}
