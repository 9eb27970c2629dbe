package io.github.reedgate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every bounce train, over thousands of seeds. */
final class BounceModelTest {

    private static final int SEEDS = 3_000;

    @ParameterizedTest
    @EnumSource(BounceModel.class)
    void everyTrainEndsAtItsTargetInOrderAndWithinBounds(BounceModel model) {
        for (int seed = 0; seed < SEEDS; seed++) {
            for (LineLevel from : LineLevel.values()) {
                for (LineLevel to : LineLevel.values()) {
                    check(model.train(from, to, new SplittableRandom(seed)), from, to, model + " seed " + seed);
                }
            }
        }
    }

    private static void check(List<TimedEdge> train, LineLevel from, LineLevel to, String what) {
        LineLevel level = from;
        long last = -1;
        for (TimedEdge edge : train) {
            assertThat(edge.level()).as(what).isEqualTo(level.inverted());
            assertThat(edge.offsetNanos()).as(what).isGreaterThan(last);
            level = edge.level();
            last = edge.offsetNanos();
        }
        assertThat(level).as(what).isEqualTo(to);
        assertThat(train).as(what).hasSizeLessThanOrEqualTo(BounceModel.MAX_EDGES);
        assertThat(last).as(what).isLessThanOrEqualTo(BounceModel.MAX_NANOS);
        if (from != to) {
            assertThat(train.get(0).offsetNanos()).as(what).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(BounceModel.class)
    void sameSeedGivesTheSameTrain(BounceModel model) {
        for (int seed = 0; seed < 100; seed++) {
            List<TimedEdge> first = model.train(LineLevel.LOW, LineLevel.HIGH, new SplittableRandom(seed));
            List<TimedEdge> second = model.train(LineLevel.LOW, LineLevel.HIGH, new SplittableRandom(seed));
            assertThat(first).as("seed " + seed).isEqualTo(second);
        }
    }

    @Test
    void ordinaryReedSettlesWithinTwoMillisecondsAndWornOneWithinTwenty() {
        assertThat(longestMicros(BounceModel.REED)).isBetween(1_500L, 2_010L);
        assertThat(shortestMicros(BounceModel.REED)).isBetween(190L, 400L);
        assertThat(longestMicros(BounceModel.WORN)).isBetween(15_000L, 20_100L);
        assertThat(shortestMicros(BounceModel.WORN)).isBetween(2_900L, 5_000L);
    }

    @Test
    void interferenceStaysWithinFifteenMillisecondsAndLooseWireLastsLonger() {
        assertThat(longestMicros(BounceModel.EMI)).isLessThan(15_000);
        assertThat(shortestMicros(BounceModel.LOOSE)).isGreaterThan(30_000);
        assertThat(longestMicros(BounceModel.LOOSE)).isBetween(1_000_000L, 8_000_000L);
    }

    @Test
    void cleanContactMovesWithOneEdgeAndNeverTwitches() {
        SplittableRandom random = new SplittableRandom(1);
        assertThat(BounceModel.CLEAN.train(LineLevel.LOW, LineLevel.HIGH, random))
                .containsExactly(new TimedEdge(0, LineLevel.HIGH));
        assertThat(BounceModel.CLEAN.train(LineLevel.LOW, LineLevel.LOW, random))
                .isEmpty();
    }

    @Test
    void wordsNameEveryModel() {
        assertThat(BounceModel.words()).containsExactly("clean", "reed", "worn", "loose", "emi");
        for (String word : BounceModel.words()) {
            assertThat(BounceModel.of(word)).map(BounceModel::word).contains(word);
        }
        assertThat(BounceModel.of("REED")).isEmpty();
    }

    private static long longestMicros(BounceModel model) {
        return lengths(model).max().orElseThrow();
    }

    private static long shortestMicros(BounceModel model) {
        return lengths(model).min().orElseThrow();
    }

    private static LongStream lengths(BounceModel model) {
        return LongStream.range(0, SEEDS).map(seed -> {
            List<TimedEdge> train = model.train(LineLevel.LOW, LineLevel.HIGH, new SplittableRandom(seed));
            return train.get(train.size() - 1).offsetNanos() / 1_000;
        });
    }
}
