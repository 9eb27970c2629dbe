package io.github.reedgate.system;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something to become true, with a limit. */
final class Waiting {

    static final Duration LIMIT = Duration.ofSeconds(30);

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private Waiting() {}

    /** Returns once the condition holds; an AssertionError with the words if it does not within {@link #LIMIT}. */
    static void until(String what, BooleanSupplier condition) {
        until(what, LIMIT, condition);
    }

    /** Returns after that time: for what happens by itself and can't be seen from outside. */
    static void during(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        until("the time passes", time.plus(LIMIT), () -> System.nanoTime() - end >= 0);
    }

    /** Like the first with a limit of its own. */
    static void until(String what, Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(what + ": not within " + limit.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
