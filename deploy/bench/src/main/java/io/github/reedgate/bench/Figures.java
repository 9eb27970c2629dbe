package io.github.reedgate.bench;

import java.util.Arrays;
import java.util.List;

/** Latencies and what is told of them. Immutable. */
final class Figures {

    private final long[] nanos;

    /**
     * Copies and sorts.
     *
     * @param latenciesNanos the latencies in nanoseconds; at least one
     */
    Figures(long[] latenciesNanos) {
        if (latenciesNanos.length == 0) {
            throw new BenchException("there is nothing to tell figures of");
        }
        nanos = latenciesNanos.clone();
        Arrays.sort(nanos);
    }

    /** All of them as if they were of one run. */
    static Figures of(List<Figures> rounds) {
        return new Figures(rounds.stream()
                .flatMapToLong(round -> Arrays.stream(round.nanos))
                .toArray());
    }

    int count() {
        return nanos.length;
    }

    /** The smallest latency that at least that share of all does not exceed, in milliseconds. */
    double percentileMillis(double share) {
        int rank = (int) Math.ceil(share * nanos.length);
        return nanos[Math.max(0, rank - 1)] / 1e6;
    }

    double medianMillis() {
        return percentileMillis(0.5);
    }

    double p99Millis() {
        return percentileMillis(0.99);
    }

    double maxMillis() {
        return nanos[nanos.length - 1] / 1e6;
    }
}
