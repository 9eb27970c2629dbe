package io.github.reedgate.notify;

import java.time.Duration;

/**
 * How long to wait before the next attempt: longer with each failure up to a minute; five times that if somebody has to mend
 * something; as long as the server asks, an hour at most. Each wait is drawn from 75 % to 125 % of that. Stateless.
 */
final class RetryWait {

    /** The first wait. */
    static final Duration FIRST = Duration.ofSeconds(1);

    /** The longest wait, unless the server asks for more. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    /** The wait if somebody has to mend something. */
    static final Duration MENDING = Duration.ofMinutes(5);

    /** The longest wait that a server may ask for. */
    static final Duration MOST_ASKED = Duration.ofHours(1);

    private static final int MOST_DOUBLINGS = 6;
    private static final double LEAST = 0.75;
    private static final double SPREAD = 0.5;

    private RetryWait() {}

    /**
     * The wait.
     *
     * @param failures how many attempts failed in a row; 1 or more
     * @param last why the last one did
     * @param random evenly drawn from 0 (included) to 1 (excluded)
     */
    static Duration next(int failures, Answer.Failed last, double random) {
        Duration middle = min(LONGEST, FIRST.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS)));
        if (last.trouble().hasToBeMended() && failures > 2) {
            middle = MENDING;
        }
        Duration wait = Duration.ofNanos((long) (middle.toNanos() * (LEAST + SPREAD * random)));
        Duration asked = min(MOST_ASKED, last.asked().orElse(Duration.ZERO));
        return asked.compareTo(wait) > 0 ? asked : wait;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
