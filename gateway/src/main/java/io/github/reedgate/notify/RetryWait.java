package io.github.reedgate.notify;

import java.time.Duration;

/**
 * How long to wait before the next attempt: longer with each failure up to a minute; five times that if somebody has to mend
 * something; as long as the server asks, an hour at most. For an alarm neither of the two counts: its waits are a minute at
 * most, and a server may ask for 30 s. Each wait is drawn from 75 % to 125 % of that. Stateless.
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

    /** The longest wait that a server may ask for before an alarm is tried again. */
    static final Duration MOST_ASKED_OF_ALARM = Duration.ofSeconds(30);

    private static final int MOST_DOUBLINGS = 6;
    private static final double LEAST = 0.75;
    private static final double SPREAD = 0.5;

    private RetryWait() {}

    /**
     * The wait.
     *
     * @param failures how many attempts failed in a row; 1 or more
     * @param last why the last one did
     * @param isAlarm whether an alarm is to be tried again
     * @param random evenly drawn from 0 (included) to 1 (excluded)
     */
    static Duration next(int failures, Answer.Failed last, boolean isAlarm, double random) {
        Duration middle = min(LONGEST, FIRST.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS)));
        if (last.trouble().hasToBeMended() && failures > 2 && !isAlarm) {
            middle = MENDING;
        }
        Duration wait = Duration.ofNanos((long) (middle.toNanos() * (LEAST + SPREAD * random)));
        Duration asked =
                min(isAlarm ? MOST_ASKED_OF_ALARM : MOST_ASKED, last.asked().orElse(Duration.ZERO));
        return asked.compareTo(wait) > 0 ? asked : wait;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
