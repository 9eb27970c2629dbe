package io.github.reedgate.monitor.app;

import java.time.Duration;
import java.util.Optional;

/** Counts the rounds of a thread for whoever watches over it. Written by that thread, read by any. */
final class RoundCounter {

    private final Thread thread;
    private final Duration longest;
    private volatile ServiceReport.Worked worked = new ServiceReport.Worked(0, 0);
    private volatile long roundNanos = System.nanoTime();

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
    }

    /** A round broke off. */
    void brokeOff() {
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
        return since.compareTo(longest) < 0
                ? Optional.empty()
                : Optional.of("its thread has completed no round for " + since.toSeconds() + " s");
    }
}
