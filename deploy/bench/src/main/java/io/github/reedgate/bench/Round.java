package io.github.reedgate.bench;

import java.util.List;
import java.util.function.ToLongFunction;

/** Brings what was sent and what arrived together. Stateless. */
final class Round {

    private Round() {}

    /**
     * The latency of each message.
     *
     * @param causes when each was caused, in order ({@link System#nanoTime()} of another process on this machine)
     * @param arrivals what arrived, in order
     * @param number the number a message carries, which has to rise
     * @param deductNanos taken off each latency
     * @throws BenchException if any is missing, doubled, out of order, or arrived before it could
     */
    static Figures match(List<Long> causes, List<Arrival> arrivals, ToLongFunction<Arrival> number, long deductNanos) {
        if (causes.size() != arrivals.size()) {
            throw new BenchException(causes.size() + " were sent, " + arrivals.size() + " arrived");
        }
        long[] latencies = new long[causes.size()];
        for (int i = 0; i < latencies.length; i++) {
            Arrival arrival = arrivals.get(i);
            if (i > 0 && number.applyAsLong(arrival) <= number.applyAsLong(arrivals.get(i - 1))) {
                throw new BenchException("arrival " + i + " repeats or comes before the one ahead of it: " + arrival);
            }
            latencies[i] = arrival.atNanos() - causes.get(i) - deductNanos;
            if (latencies[i] <= 0) {
                throw new BenchException("arrival " + i + " came " + -latencies[i] + " ns before it could: " + arrival);
            }
        }
        return new Figures(latencies);
    }
}
