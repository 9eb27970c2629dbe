package io.github.reedgate.app;

import io.github.reedgate.core.GatewaySettings.LastStop;
import io.github.reedgate.core.GatewaySettings.StartFacts;
import java.time.Instant;

/**
 * Numbers of a start whose state folder can't be written: they come from the wall clock's milliseconds, which no count of
 * events has ever reached, so they don't repeat as long as the clock doesn't.
 */
final class UnkeptNumbers implements SeqGuard {

    /**
     * A start with such numbers.
     *
     * @param floor what is known of numbers in use
     * @param now the wall clock
     * @param seed random, drawn for this start
     */
    static StartFacts begin(StartFile.Floor floor, Instant now, long seed) {
        Instant safe = now.isBefore(StartFile.EARLIEST) ? StartFile.EARLIEST : now;
        long firstSeq = Math.max(safe.toEpochMilli(), floor.seq() + StartFile.BLOCK) + 1;
        long boot = Math.max(safe.getEpochSecond(), floor.boot() + 1);
        return new StartFacts(boot, firstSeq, LastStop.UNCLEAN, 0, seed);
    }

    @Override
    public void used(long nextSeq) {
        // there is nowhere to keep it
    }

    @Override
    public void stopped(long nextSeq) {
        // the next start will call this stop unclean
    }
}
