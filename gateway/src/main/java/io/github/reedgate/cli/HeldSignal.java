package io.github.reedgate.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Pauses of the same length until the process is told to end, which then waits, for a few seconds at most, until this is
 * closed: so a last word can be said. Used by one thread.
 */
public final class HeldSignal implements Pause, AutoCloseable {

    private static final Duration LAST_WORD = Duration.ofSeconds(3);

    private final CountDownLatch signal = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Duration length;
    private final Thread hook = new Thread(this::hold, "hold");

    private HeldSignal(Duration length) {
        this.length = length;
    }

    /** Pauses of that length, at least a millisecond; the signal counts from now on. */
    static HeldSignal listening(Duration length) {
        HeldSignal signal = new HeldSignal(length);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    private void hold() {
        signal.countDown();
        try {
            if (!done.await(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("reedgate: ended without a last word");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean next() throws InterruptedException {
        return !signal.await(length.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        done.countDown();
        Terminal.removeHook(hook);
    }
}
