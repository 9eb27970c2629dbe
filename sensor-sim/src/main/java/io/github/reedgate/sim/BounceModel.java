package io.github.reedgate.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How a contact gets from one level to another. Each model turns random numbers into a train of edges: the same generator
 * state gives the same train. Stateless and safe for use by any thread.
 *
 * <p>Magnitudes: makers of reed switches give 0.5 ms to 1 ms of bounce when a contact closes and 20 µs to 300 µs for it to
 * open. Jack Ganssle's measurements on eighteen kinds of switches found anything from none to hundreds of milliseconds,
 * depending on kind, wear and how it is moved. IEC 61000-4-4, the immunity test for fast transients, applies bursts of 15 ms
 * with pulses at 5 kHz. A joint that makes and breaks mechanically does so in milliseconds to tenths of a second, for as
 * long as something moves it.
 */
public enum BounceModel {
    /** One edge: a contact behind a filter, or a Hall sensor. */
    CLEAN {
        @Override
        long[] gaps(boolean moves, RandomGenerator random) {
            return new long[0];
        }
    },

    /** An ordinary reed: one to four bounces, settled after 0.2 ms to 2 ms. */
    REED {
        @Override
        long[] gaps(boolean moves, RandomGenerator random) {
            return settling(gapCount(1, 4, moves, random), micros(200, 2_000, random), random);
        }
    },

    /** A worn reed: six to forty bounces, settled after 3 ms to 20 ms. */
    WORN {
        @Override
        long[] gaps(boolean moves, RandomGenerator random) {
            return settling(gapCount(6, 40, moves, random), micros(3_000, 20_000, random), random);
        }
    },

    /** A loose wire: two to eight interruptions of 0.5 ms to 200 ms, 30 ms to 800 ms apart, so 8 s at most. */
    LOOSE {
        @Override
        long[] gaps(boolean moves, RandomGenerator random) {
            return pulses(gapCount(2, 8, moves, random), moves, new long[] {500, 200_000, 30_000, 800_000}, random);
        }
    },

    /** Interference: one to eight pulses of 1 µs to 1 ms, 20 µs to 0.8 ms apart, so 15 ms at most. */
    EMI {
        @Override
        long[] gaps(boolean moves, RandomGenerator random) {
            return pulses(gapCount(1, 8, moves, random), moves, new long[] {1, 1_000, 20, 800}, random);
        }
    };

    /** No train has more edges than this. */
    public static final int MAX_EDGES = 81;

    /** No train lasts longer than this, in nanoseconds: 8 s. */
    public static final long MAX_NANOS = 8_000_000_000L;

    private static final long NANOS_PER_MICRO = 1_000;

    /**
     * A train that begins at {@code from} and ends at {@code to}. When both are the same the contact only twitches: the
     * number of edges is even, and zero for {@link #CLEAN}; otherwise it is odd.
     *
     * @param from the level before the train
     * @param to the level after its last edge
     * @param random where chance comes from
     * @return the edges, levels alternating, offsets strictly increasing from 0; {@link #MAX_EDGES} and {@link #MAX_NANOS}
     *     are kept
     */
    public List<TimedEdge> train(LineLevel from, LineLevel to, RandomGenerator random) {
        boolean moves = from != to;
        long[] gaps = gaps(moves, random);
        List<TimedEdge> edges = new ArrayList<>();
        if (gaps.length == 0 && !moves) {
            return edges;
        }
        LineLevel level = from.inverted();
        long offset = 0;
        edges.add(new TimedEdge(offset, level));
        for (long gap : gaps) {
            offset += gap;
            level = level.inverted();
            edges.add(new TimedEdge(offset, level));
        }
        return edges;
    }

    /** The model's name in commands and scenarios: its constant in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The model with that {@link #word}, or empty. */
    public static Optional<BounceModel> of(String word) {
        for (BounceModel model : values()) {
            if (model.word().equals(word)) {
                return Optional.of(model);
            }
        }
        return Optional.empty();
    }

    /** All words, in the order of the constants. */
    public static List<String> words() {
        List<String> words = new ArrayList<>();
        for (BounceModel model : values()) {
            words.add(model.word());
        }
        return words;
    }

    /** The times between the edges, one fewer than edges; an even number when the contact moves, odd or none if not. */
    abstract long[] gaps(boolean moves, RandomGenerator random);

    private static int gapCount(int fewest, int most, boolean moves, RandomGenerator random) {
        int excursions = random.nextInt(fewest, most + 1);
        return moves ? 2 * excursions : 2 * excursions - 1;
    }

    private static long micros(int least, int most, RandomGenerator random) {
        return random.nextLong(least, most + 1L) * NANOS_PER_MICRO;
    }

    /** Gaps that shrink as a bouncing blade loses energy and add up to the total, give or take rounding. */
    private static long[] settling(int count, long totalNanos, RandomGenerator random) {
        double[] weights = new double[count];
        double restitution = Math.pow(random.nextDouble(0.1, 0.5), 1.0 / count);
        double size = 1;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            weights[i] = size * random.nextDouble(0.5, 1.5);
            sum += weights[i];
            size *= restitution;
        }
        long[] gaps = new long[count];
        for (int i = 0; i < count; i++) {
            gaps[i] = Math.max(NANOS_PER_MICRO, (long) (totalNanos * weights[i] / sum));
        }
        return gaps;
    }

    /** Pulses away from the final level and rests on it in turn; limits are the pulse's and the rest's, in microseconds. */
    private static long[] pulses(int count, boolean restFirst, long[] limits, RandomGenerator random) {
        long[] gaps = new long[count];
        for (int i = 0; i < count; i++) {
            boolean rest = (i % 2 == 0) == restFirst;
            gaps[i] = rest ? logUniform(limits[2], limits[3], random) : logUniform(limits[0], limits[1], random);
        }
        return gaps;
    }

    private static long logUniform(long leastMicros, long mostMicros, RandomGenerator random) {
        double exponent = random.nextDouble(Math.log((double) leastMicros), Math.log((double) mostMicros));
        return Math.max(NANOS_PER_MICRO, (long) (Math.exp(exponent) * NANOS_PER_MICRO));
    }
}
