package io.github.reedgate.notify;

import java.time.Duration;

/**
 * Makes one attempt at a time for notifications of some urgencies, and remembers when the next one may follow a failure. A queue has
 * several, so that an alarm waits neither for the answer to a trifle nor for what a server said of one. Owned by the loop
 * thread; time is an argument.
 */
final class Track {

    private long sending;
    private long attempt;
    private long sentNanos;
    private long dueNanos;
    private int failures;
    private boolean asked;

    boolean isBusy() {
        return attempt != 0;
    }

    boolean isSending(long id) {
        return isBusy() && sending == id;
    }

    boolean isAttempt(long number) {
        return isBusy() && attempt == number;
    }

    long attempt() {
        return attempt;
    }

    long sentNanos() {
        return sentNanos;
    }

    int failures() {
        return failures;
    }

    /** When a notification that waits since then may be sent: at once if the last attempt did not fail. */
    long dueNanos(long addedNanos) {
        return failures == 0 ? addedNanos : dueNanos;
    }

    /**
     * An attempt begins.
     *
     * @param id the notification's number
     * @param number the attempt's number; not 0
     */
    void begin(long id, long number, long nowNanos) {
        sending = id;
        attempt = number;
        sentNanos = nowNanos;
    }

    /** The attempt is over; returns the notification's number. */
    long end() {
        attempt = 0;
        return sending;
    }

    void succeeded() {
        failures = 0;
        asked = false;
    }

    void failed() {
        failures++;
    }

    /** After a failure: no attempt until then, unless it is a new alarm's first. */
    void waits(Duration wait, boolean serverAsked, long nowNanos) {
        dueNanos = nowNanos + wait.toNanos();
        asked = serverAsked;
    }

    /** The server took a notification of another track: it works, so there is no reason to wait, unless it asked for that. */
    void serverWorks() {
        if (!asked) {
            failures = 0;
        }
    }
}
