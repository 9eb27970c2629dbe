package io.github.reedgate.link;

import java.time.Duration;

/** The waits of the real link between its attempts, for a model of it in another package. */
public final class RetryWaits {

    /** The times of a connection as they are without a configuration. */
    public static final BrokerSettings.Timing TIMING = BrokerSettings.Timing.DEFAULT;

    private final Backoff backoff = new Backoff(TIMING);

    /**
     * The wait before the next attempt.
     *
     * @param failures how many attempts failed in a row; 1 or more
     * @param trouble why the last one did
     * @param random evenly drawn from 0 (included) to 1 (excluded)
     */
    public Duration next(int failures, LinkTrouble trouble, double random) {
        return backoff.next(failures, trouble, random);
    }
}
