package io.github.reedgate.app;

import io.github.reedgate.time.TimeSource;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Both clocks of this machine, read as one. A process that is held up between the two readings would see the wall clock jump;
 * so they are taken again if that lasted for too long. Safe for use by any thread.
 */
final class SystemTime implements TimeSource {

    private static final long APART_NANOS = Duration.ofMillis(10).toNanos();
    private static final int TRIES = 3;

    private final LongSupplier monotonic;
    private final Supplier<Instant> wall;

    /** The clocks of this machine. */
    SystemTime() {
        this(System::nanoTime, Instant::now);
    }

    /**
     * Other clocks, for tests.
     *
     * @param monotonic nanoseconds that never go back
     * @param wall the wall clock's time
     */
    SystemTime(LongSupplier monotonic, Supplier<Instant> wall) {
        this.monotonic = monotonic;
        this.wall = wall;
    }

    @Override
    public Timestamp now() {
        Timestamp best = new Timestamp(monotonic.getAsLong(), wall.get());
        long end = monotonic.getAsLong();
        for (int tries = 1; tries < TRIES && end - best.monotonicNanos() > APART_NANOS; tries++) {
            best = new Timestamp(monotonic.getAsLong(), wall.get());
            end = monotonic.getAsLong();
        }
        return best;
    }
}
