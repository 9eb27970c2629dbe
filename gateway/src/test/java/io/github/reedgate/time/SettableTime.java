package io.github.reedgate.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** Both clocks in the test's hand. Safe for use by any thread. */
public final class SettableTime implements TimeSource {

    private final AtomicReference<Timestamp> now;

    /** Clocks that stand at the given time. */
    public SettableTime(Timestamp start) {
        this.now = new AtomicReference<>(start);
    }

    @Override
    public Timestamp now() {
        return now.get();
    }

    /** Both clocks go on. */
    public void pass(Duration duration) {
        now.updateAndGet(time -> time.plus(duration));
    }
}
