package io.github.reedgate.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Pauses of the same length until the process is told to end. Used by one thread. */
public final class UntilSignal implements Pause {

    private final CountDownLatch signal = new CountDownLatch(1);
    private final Duration length;
    private boolean listens;

    /** Pauses of that length, at least a millisecond. */
    public UntilSignal(Duration length) {
        this.length = length;
    }

    @Override
    public boolean next() throws InterruptedException {
        if (!listens) {
            listens = true;
            Runtime.getRuntime().addShutdownHook(new Thread(signal::countDown, "log-stop"));
        }
        return !signal.await(length.toMillis(), TimeUnit.MILLISECONDS);
    }
}
