package io.github.reedgate.monitor.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Sets of numbers, compared with a plain set. */
class NumberRangesTest {

    @Test
    void rangesHoldWhatAPlainSetHolds() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            NumberRanges ranges = new NumberRanges();
            TreeSet<Long> plain = new TreeSet<>();
            for (int i = 0; i < 40; i++) {
                long from = 1L + random.nextInt(60);
                long to = from + random.nextInt(6) - 1;
                ranges.add(new NumberRange(from, to));
                for (long number = from; number <= to; number++) {
                    plain.add(number);
                }
            }
            TreeSet<Long> lacking = new TreeSet<>();
            ranges.lacking(new NumberRange(10, 50)).forEach(range -> {
                for (long number = range.from(); number <= range.to(); number++) {
                    lacking.add(number);
                }
            });
            TreeSet<Long> expected = new TreeSet<>();
            for (long number = 10; number <= 50; number++) {
                if (!plain.contains(number)) {
                    expected.add(number);
                }
                assertThat(ranges.contains(number)).isEqualTo(plain.contains(number));
            }
            assertThat(lacking).as("seed %d", seed).isEqualTo(expected);
            assertThat(ranges.count()).isEqualTo(plain.size());
            assertThat(ranges.countWithin(new NumberRange(10, 50))).isEqualTo(41 - expected.size());
        }
    }

    @Test
    void neighboursBecomeOneRange() {
        NumberRanges ranges = new NumberRanges();
        ranges.add(new NumberRange(1, 2));
        ranges.add(new NumberRange(4, 5));
        ranges.add(new NumberRange(3, 3));

        assertThat(ranges.all()).containsExactly(new NumberRange(1, 5));
    }
}
