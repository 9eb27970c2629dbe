package io.github.reedgate.time;

import java.time.Duration;

/** Both clocks in the test's hand. Set by one thread, read by any. */
public final class SettableTime implements TimeSource {

    private volatile Timestamp now;

    /** Clocks that stand at the given time. */
    public SettableTime(Timestamp start) {
        this.now = start;
    }

    @Override
    public Timestamp now() {
        return now;
    }

    /** Both clocks go on. */
    public void pass(Duration duration) {
        now = now.plus(duration);
    }

    /** The wall clock is set; the monotonic one goes on as if nothing had happened. */
    public void setClock(Duration by) {
        now = new Timestamp(now.monotonicNanos(), now.wall().plus(by));
    }
}
