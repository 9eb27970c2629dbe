package io.github.reedgate.event;

import java.time.Instant;
import java.util.UUID;

/**
 * Makes identifiers of version 7 (RFC 9562, section 5.7) without reading a clock or a random source: 48 bits of Unix time in
 * milliseconds, then 74 bits mixed from the seed of this start and the event's number. No two events of a gateway have the
 * same number and each start has its own random seed, so the identifiers differ as random ones would.
 */
public final class EventId {

    private EventId() {}

    /**
     * The identifier of an event.
     *
     * @param time wall time of the event; before 1970 counts as 1970
     * @param seed random, drawn once at each start
     * @param seq number of the event
     */
    public static String of(Instant time, long seed, long seq) {
        long millis = Math.max(0, time.toEpochMilli()) & 0xFFFF_FFFF_FFFFL;
        long first = mix(seed + mix(seq));
        long second = mix(first ^ seed);
        long high = (millis << 16) | 0x7000L | (first & 0xFFFL);
        long low = 0x8000_0000_0000_0000L | (second >>> 2);
        return new UUID(high, low).toString();
    }

    /** The finalizer of SplitMix64: each bit of the argument reaches each bit of the result. */
    private static long mix(long value) {
        long z = value + 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
