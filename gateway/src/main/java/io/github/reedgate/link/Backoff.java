package io.github.reedgate.link;

import java.time.Duration;

/**
 * How long to wait before the next attempt: after trouble that heals by itself exponentially longer up to a cap, after
 * trouble that somebody has to mend always the same. Each wait is drawn from 75 % to 125 % of that, so that many gateways do
 * not come back to a restarted broker all at once. Immutable; reads no clock and draws no number itself.
 */
final class Backoff {

    private static final double LEAST = 0.75;
    private static final double SPREAD = 0.5;
    /** More doublings than it takes from a nanosecond to the cap of any sensible setting. */
    private static final int MOST_DOUBLINGS = 62;

    private final BrokerSettings.Timing timing;

    Backoff(BrokerSettings.Timing timing) {
        this.timing = timing;
    }

    /**
     * The wait before the next attempt.
     *
     * @param failures how many attempts failed in a row; 1 or more
     * @param trouble why the last one did
     * @param random evenly drawn from 0 (included) to 1 (excluded)
     */
    Duration next(int failures, LinkTrouble trouble, double random) {
        if (failures < 1) {
            throw new IllegalArgumentException("failures is " + failures + ", expected 1 or more");
        }
        Duration middle = hasToBeMended(trouble) ? timing.retryRefused() : ordinary(failures);
        return Duration.ofNanos((long) (middle.toNanos() * (LEAST + SPREAD * random)));
    }

    private Duration ordinary(int failures) {
        long cap = timing.retryMax().toNanos();
        long wait = Math.min(timing.retryFirst().toNanos(), cap);
        for (int i = 1; i < Math.min(failures, MOST_DOUBLINGS) && wait < cap; i++) {
            wait = wait > cap / 2 ? cap : wait * 2;
        }
        return Duration.ofNanos(wait);
    }

    private static boolean hasToBeMended(LinkTrouble trouble) {
        return switch (trouble) {
            case NETWORK, NO_ANSWER, UNREADABLE, STOPPED -> false;
            case TLS, BAD_CREDENTIALS, NOT_AUTHORIZED, TAKEN_OVER, REFUSED, LOCAL_FILES -> true;
        };
    }
}
