package io.github.reedgate.time;

import java.time.Instant;
import java.util.List;

/**
 * What a machine shows about its wall clock at one moment. Immutable.
 *
 * @param now the wall clock
 * @param isSynchronised whether the kernel's clock is synchronised with a time server
 * @param realTimeClocks what the real-time clocks say that can be read, in any order; empty if there is none
 * @param isGuest whether the machine is a virtual one, or Windows' subsystem for Linux
 */
public record ClockEvidence(Instant now, boolean isSynchronised, List<Instant> realTimeClocks, boolean isGuest) {

    /** Copies the list. */
    public ClockEvidence {
        realTimeClocks = List.copyOf(realTimeClocks);
    }
}
