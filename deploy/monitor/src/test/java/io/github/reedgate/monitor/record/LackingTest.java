package io.github.reedgate.monitor.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Since when numbers are missing, beside a model that looks at each number. */
class LackingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void eachNumberIsCertainAMinuteAfterItWasFirstMissing() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Lacking lacking = new Lacking();
            Coverage coverage = new Coverage();
            coverage.present(new NumberRange(1, 1));
            Map<Long, Long> since = new TreeMap<>();
            long now = Long.MAX_VALUE - Duration.ofSeconds(100).toNanos();
            for (int step = 0; step < 60; step++) {
                now += Duration.ofSeconds(random.nextInt(20)).toNanos();
                long from = 1 + random.nextInt(60);
                if (random.nextInt(10) == 0) {
                    coverage.watermark(from);
                } else {
                    coverage.present(new NumberRange(from, from + random.nextInt(3)));
                }
                lacking.note(coverage.missing(), now);
                NumberRanges missing = new NumberRanges();
                coverage.missing().forEach(missing::add);
                NumberRanges certain = new NumberRanges();
                for (long number = 1; number < 70; number++) {
                    if (missing.contains(number)) {
                        long first = since.computeIfAbsent(number, each -> -1L) == -1 ? now : since.get(number);
                        since.put(number, first);
                        if (number <= coverage.watermark() || now - first >= PATIENCE.toNanos()) {
                            certain.add(new NumberRange(number, number));
                        }
                    } else {
                        since.remove(number);
                    }
                }
                assertThat(lacking.certain(coverage, PATIENCE, now))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(certain.all());
            }
        }
    }
}
