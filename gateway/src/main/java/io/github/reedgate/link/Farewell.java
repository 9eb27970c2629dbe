package io.github.reedgate.link;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the end of what {@link Connection#leave} began. Stateless. */
final class Farewell {

    private Farewell() {}

    /** Whether it is done within a time; blocks for so long at most. False if interrupted, too. */
    static boolean await(Future<?> future, Duration limit) {
        try {
            future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }
}
