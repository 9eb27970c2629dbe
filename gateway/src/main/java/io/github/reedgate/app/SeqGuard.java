package io.github.reedgate.app;

/** Keeps event numbers from repeating across restarts. Called by the loop thread; must not block it. */
interface SeqGuard {

    /**
     * Numbers below this one are in use.
     *
     * @param nextSeq number of the next event
     */
    void used(long nextSeq);

    /**
     * The loop has ended in order; may block for as long as a disk write takes.
     *
     * @param nextSeq number of the event that would have been next
     */
    void stopped(long nextSeq);
}
