package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.event.SeqRange;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Intervals of numbers, against a plain set of numbers. */
class AckSetTest {

    private static final SeqRange ALL = new SeqRange(-2, 62);

    private final AckSet acked = new AckSet();

    @Test
    void neighboursBecomeOneInterval() {
        acked.add(5);
        acked.add(7);
        assertThat(acked.intervals()).containsExactly(new SeqRange(5, 5), new SeqRange(7, 7));

        acked.add(6);

        assertThat(acked.intervals()).containsExactly(new SeqRange(5, 7));
        assertThat(acked.upTo(5)).isEqualTo(7);
        assertThat(acked.upTo(4)).isEqualTo(3);
    }

    @Test
    void rangeSwallowsWhatLiesInIt() {
        acked.add(3);
        acked.add(new SeqRange(5, 6));
        acked.add(new SeqRange(9, 20));

        acked.add(new SeqRange(4, 10));

        assertThat(acked.intervals()).containsExactly(new SeqRange(3, 20));
    }

    @Test
    void partTakenOutLeavesBothSides() {
        acked.add(new SeqRange(1, 100));

        acked.remove(new SeqRange(40, 60));

        assertThat(acked.intervals()).containsExactly(new SeqRange(1, 39), new SeqRange(61, 100));
        assertThat(acked.gaps(new SeqRange(1, 100))).containsExactly(new SeqRange(40, 60));
    }

    @Test
    void emptyRangeChangesNothing() {
        acked.add(new SeqRange(9, 8));
        acked.add(3);
        acked.remove(new SeqRange(4, 2));

        assertThat(acked.intervals()).containsExactly(new SeqRange(3, 3));
        assertThat(acked.gaps(new SeqRange(9, 8))).isEmpty();
    }

    @Test
    void largestNumbersAreNumbersLikeOthers() {
        acked.add(Long.MAX_VALUE);
        acked.add(new SeqRange(Long.MAX_VALUE - 3, Long.MAX_VALUE - 1));

        assertThat(acked.intervals()).containsExactly(new SeqRange(Long.MAX_VALUE - 3, Long.MAX_VALUE));
        assertThat(acked.gaps(new SeqRange(Long.MAX_VALUE - 5, Long.MAX_VALUE)))
                .containsExactly(new SeqRange(Long.MAX_VALUE - 5, Long.MAX_VALUE - 4));
    }

    @Test
    void answersWhatASetOfNumbersWould() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            AckSet set = new AckSet();
            TreeSet<Long> numbers = new TreeSet<>();
            for (int step = 0; step < 60; step++) {
                long from = random.nextInt(60);
                SeqRange range = new SeqRange(from, Math.min(60, from - 1 + random.nextInt(12)));
                boolean adds = random.nextInt(3) > 0;
                for (long seq = range.from(); seq <= range.to(); seq++) {
                    if (adds) {
                        numbers.add(seq);
                    } else {
                        numbers.remove(seq);
                    }
                }
                if (adds) {
                    set.add(range);
                } else {
                    set.remove(range);
                }
                same(set, numbers, "seed " + seed + ", step " + step);
            }
        }
    }

    private static void same(AckSet set, Set<Long> numbers, String where) {
        TreeSet<Long> found = new TreeSet<>();
        TreeSet<Long> lacking = new TreeSet<>();
        set.within(ALL).forEach(part -> addAll(found, part));
        set.gaps(ALL).forEach(part -> addAll(lacking, part));
        assertThat(found).as(where).isEqualTo(numbers);
        for (long seq = ALL.from(); seq <= ALL.to(); seq++) {
            assertThat(set.contains(seq)).as("%s: %s", where, seq).isEqualTo(numbers.contains(seq));
            assertThat(lacking.contains(seq)).as("%s: %s", where, seq).isEqualTo(!numbers.contains(seq));
        }
        for (int i = 1; i < set.intervals().size(); i++) {
            assertThat(set.intervals().get(i).from())
                    .as(where)
                    .isGreaterThan(set.intervals().get(i - 1).to() + 1);
        }
    }

    private static void addAll(Set<Long> numbers, SeqRange range) {
        for (long seq = range.from(); seq <= range.to(); seq++) {
            numbers.add(seq);
        }
    }
}
