package io.github.reedgate.monitor.kafka;

import io.github.reedgate.monitor.record.Delivery;
import io.github.reedgate.monitor.record.RawMessage;
import java.util.OptionalLong;

/**
 * How far one partition is read and stored, from one assignment on. Records are handed over by the reading thread and acknowledged
 * by the recorder's thread, each in order.
 */
final class Progress {

    private static final int FIXED_BYTES = 200;

    private long handed;
    private long stored;
    private long handedBytes;
    private long storedBytes;
    private long next = -1;
    private long committed = -1;

    /** A record that is handed over; its acknowledgement comes here. */
    synchronized Delivery hand(RawMessage message, long offset) {
        long bytes = FIXED_BYTES + (long) message.payload().length;
        handed++;
        handedBytes += bytes;
        return new Delivery() {

            @Override
            public RawMessage message() {
                return message;
            }

            @Override
            public void acknowledge() {
                stored(offset, bytes);
            }
        };
    }

    private synchronized void stored(long offset, long bytes) {
        stored++;
        storedBytes += bytes;
        next = Math.max(next, offset + 1);
    }

    /** How many records are handed over and not stored. */
    synchronized long waiting() {
        return handed - stored;
    }

    /** How many bytes they have, roughly. */
    synchronized long waitingBytes() {
        return handedBytes - storedBytes;
    }

    /** The offset to commit: the first that is not stored; empty if nothing was stored since the last commit. */
    synchronized OptionalLong due() {
        return next > committed ? OptionalLong.of(next) : OptionalLong.empty();
    }

    /** The group has an offset of this partition. */
    synchronized void committed(long offset) {
        committed = Math.max(committed, offset);
    }
}
