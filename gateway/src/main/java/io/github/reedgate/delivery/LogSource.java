package io.github.reedgate.delivery;

import io.github.reedgate.event.SeqRange;

/** The port to the event log, for reading. Used by the loop thread; never blocks: the answer comes later as a {@link LogPage}. */
public interface LogSource {

    /**
     * Asks for the beginning of a range of the log. The range must not reach above the newest number that was recorded before this call, or
     * numbers that are recorded later would be taken for missing.
     *
     * @param request returned with the page
     * @param range not empty
     * @param limit how many rows at most; 1 or more
     */
    void read(long request, SeqRange range, int limit);
}
