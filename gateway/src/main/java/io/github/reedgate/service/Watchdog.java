package io.github.reedgate.service;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides whether the program is alive, from what its parts have done between one look and the next. Immutable; the time is
 * an argument.
 *
 * <p>A part is alive while its number rises. The loop and the lines have to do something all the time, the store whenever it
 * is woken, which has to be done before each look. Time counts against a part only as far as somebody was there to look: after
 * the whole process stood still (SIGSTOP, a suspended machine), all parts have their full time again.
 *
 * <p>Many failed turns are as bad as none: once there were {@link Limits#failures} within a window, the program counts as sick
 * until a whole window brought fewer.
 */
public final class Watchdog {

    private final Limits limits;
    private final LifeSigns seen;
    private final long seenNanos;
    private final Silence silence;
    private final Failures failures;

    private Watchdog(Limits limits, LifeSigns seen, long seenNanos, Silence silence, Failures failures) {
        this.limits = limits;
        this.seen = seen;
        this.seenNanos = seenNanos;
        this.silence = silence;
        this.failures = failures;
    }

    /**
     * How long a part may do nothing.
     *
     * @param loop the loop
     * @param lines the reading of lines
     * @param store the store's thread; a card that stalls for some seconds is usual
     * @param failures so many failed turns within the window are too many
     * @param window the time in which failures are counted
     * @param look the longest time between two looks that counts
     */
    public record Limits(Duration loop, Duration lines, Duration store, int failures, Duration window, Duration look) {

        /**
         * The usual limits.
         *
         * @param reconcile how often all lines are read
         */
        public static Limits usual(Duration reconcile) {
            Duration patience = reconcile.plusSeconds(10);
            return new Limits(
                    patience, patience, Duration.ofMinutes(2), 50, Duration.ofMinutes(1), Duration.ofSeconds(5));
        }
    }

    /** For how long each part has done nothing. */
    private record Silence(long loopNanos, long linesNanos, long storeNanos) {

        Silence after(LifeSigns before, LifeSigns now, long nanos) {
            return new Silence(
                    now.turns() == before.turns() ? loopNanos + nanos : 0,
                    now.reads() == before.reads() ? linesNanos + nanos : 0,
                    now.storeTurns() == before.storeTurns() ? storeNanos + nanos : 0);
        }
    }

    /**
     * Failed turns of the present window.
     *
     * @param before how many there were when it began
     * @param sinceNanos when it began
     * @param tooMany true if there were too many in it or in the one before
     */
    private record Failures(long before, long sinceNanos, boolean tooMany) {

        Failures after(Limits limits, long count, long nowNanos) {
            boolean many = count - before >= limits.failures();
            if (nowNanos - sinceNanos >= limits.window().toNanos()) {
                return new Failures(count, nowNanos, many);
            }
            return new Failures(before, sinceNanos, tooMany || many);
        }
    }

    /**
     * Begins to watch; at first all are alive.
     *
     * @param signs what was done so far
     * @param nowNanos the monotonic time
     */
    public static Watchdog watching(Limits limits, LifeSigns signs, long nowNanos) {
        return new Watchdog(
                limits, signs, nowNanos, new Silence(0, 0, 0), new Failures(signs.failedTurns(), nowNanos, false));
    }

    /** The watchdog after a look at what was done up to now. */
    public Watchdog looked(LifeSigns signs, long nowNanos) {
        long nanos = Math.min(nowNanos - seenNanos, limits.look().toNanos());
        return new Watchdog(
                limits,
                signs,
                nowNanos,
                silence.after(seen, signs, nanos),
                failures.after(limits, signs.failedTurns(), nowNanos));
    }

    /** Why the program is not alive, for people; empty while it is. */
    public Optional<String> trouble() {
        boolean noLine = silence.linesNanos() > limits.lines().toNanos();
        // a loop that hangs reads no line either, and may have read the last one a look before its last turn
        long loopLimit = limits.loop().toNanos() / (noLine ? 2 : 1);
        if (silence.loopNanos() > loopLimit) {
            return Optional.of("the loop has completed no turn for " + seconds(silence.loopNanos()));
        }
        if (noLine) {
            return Optional.of("no line was read for " + seconds(silence.linesNanos()));
        }
        if (silence.storeNanos() > limits.store().toNanos()) {
            return Optional.of("the store has not answered for " + seconds(silence.storeNanos()));
        }
        return failures.tooMany()
                ? Optional.of("the loop fails again and again, "
                        + limits.failures() + " times within "
                        + limits.window().toSeconds() + " s")
                : Optional.empty();
    }

    private static String seconds(long nanos) {
        return Duration.ofNanos(nanos).toSeconds() + " s";
    }
}
