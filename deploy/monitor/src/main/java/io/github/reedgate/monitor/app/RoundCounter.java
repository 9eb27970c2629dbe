package io.github.reedgate.monitor.app;

import java.time.Duration;
import java.util.Optional;

/** Counts the rounds of a thread for whoever watches over it. Written by that thread, read by any. */
final class RoundCounter {

    /** So many rounds in a row in which something failed are trouble. */
    private static final int MOST_FAILING = 5;

    private final Thread thread;
    private final Duration longest;
    private volatile ServiceReport.Worked worked = new ServiceReport.Worked(0, 0);
    private volatile long roundNanos = System.nanoTime();
    // rounds in a row, the latest included, in which something failed
    private volatile long failing;

    /**
     * Nothing was done yet.
     *
     * @param thread works in rounds
     * @param longest how long a round may take before that is trouble
     */
    RoundCounter(Thread thread, Duration longest) {
        this.thread = thread;
        this.longest = longest;
    }

    /**
     * A round is over.
     *
     * @param withFault whether something in it failed
     */
    void over(boolean withFault) {
        ServiceReport.Worked before = worked;
        worked = new ServiceReport.Worked(before.rounds() + 1, before.failedRounds() + (withFault ? 1 : 0));
        roundNanos = System.nanoTime();
        long inARow = failing;
        failing = withFault ? inARow + 1 : 0;
    }

    /** A round broke off. */
    void brokeOff() {
        long inARow = failing;
        failing = inARow + 1;
        ServiceReport.Worked before = worked;
        worked = new ServiceReport.Worked(before.rounds(), before.failedRounds() + 1);
    }

    /** What was done so far. */
    ServiceReport.Worked worked() {
        return worked;
    }

    /** Why the thread does not work; empty if it does, or was not started yet. */
    Optional<String> trouble() {
        if (thread.getState() == Thread.State.TERMINATED) {
            return Optional.of("its thread has ended; restart the monitor, and see its log for the reason");
        }
        Duration since = Duration.ofNanos(System.nanoTime() - roundNanos);
        if (since.compareTo(longest) >= 0) {
            return Optional.of("its thread has completed no round for " + since.toSeconds() + " s");
        }
        long failures = failing;
        return failures < MOST_FAILING
                ? Optional.empty()
                : Optional.of("something failed in each of its last " + failures + " rounds; see the monitor's log");
    }
}
