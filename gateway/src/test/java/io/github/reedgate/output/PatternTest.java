package io.github.reedgate.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** On and off, over and over. */
final class PatternTest {

    private static final long MILLI = 1_000_000;

    private static List<Long> changes(Pattern pattern, Duration length) {
        List<Long> changes = new ArrayList<>();
        long next = pattern.nextNanos(0).orElse(Long.MAX_VALUE);
        while (next <= length.toNanos()) {
            changes.add(next / MILLI);
            next = pattern.nextNanos(next).orElse(Long.MAX_VALUE);
        }
        return changes;
    }

    @Test
    void onAndOffNeverChange() {
        for (long elapsed : new long[] {0, 1, MILLI, Long.MAX_VALUE}) {
            assertThat(Pattern.ON.isOn(elapsed)).isTrue();
            assertThat(Pattern.OFF.isOn(elapsed)).isFalse();
            assertThat(Pattern.ON.nextNanos(elapsed)).isEmpty();
        }
    }

    @Test
    void blinkIsOnBeforeEachChangeAndOffAtIt() {
        Pattern blink = Pattern.blink(Duration.ofMillis(100), Duration.ofMillis(300));

        assertThat(blink.isOn(0)).isTrue();
        assertThat(blink.isOn(100 * MILLI - 1)).isTrue();
        assertThat(blink.isOn(100 * MILLI)).isFalse();
        assertThat(blink.isOn(400 * MILLI - 1)).isFalse();
        assertThat(blink.isOn(400 * MILLI)).isTrue();
        assertThat(changes(blink, Duration.ofSeconds(1))).containsExactly(100L, 400L, 500L, 800L, 900L);
    }

    @Test
    void flashesCanBeCounted() {
        Pattern three = Pattern.flashes(3, Duration.ofMillis(200), Duration.ofSeconds(3));

        assertThat(changes(three, Duration.ofSeconds(3))).containsExactly(200L, 400L, 600L, 800L, 1000L, 3000L);
        assertThat(three.isOn(2_999 * MILLI)).isFalse();
        assertThat(three.inverted().isOn(2_999 * MILLI)).isTrue();
        assertThat(three.inverted().isOn(0)).isFalse();
    }

    @Test
    void changeIsWhereTheStateChangesAndNowhereElse() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            List<Duration> steps = new ArrayList<>();
            int count = 2 * (1 + random.nextInt(4));
            for (int step = 0; step < count; step++) {
                steps.add(Duration.ofNanos(1 + random.nextInt(20)));
            }
            Pattern pattern = new Pattern(random.nextBoolean(), steps);
            for (long elapsed = 0; elapsed < 200; elapsed++) {
                long next = pattern.nextNanos(elapsed).orElseThrow();
                boolean on = pattern.isOn(elapsed);
                assertThat(next).as("seed %d, %s at %d", seed, pattern, elapsed).isGreaterThan(elapsed);
                for (long at = elapsed; at < next; at++) {
                    assertThat(pattern.isOn(at))
                            .as("seed %d, %s at %d", seed, pattern, at)
                            .isEqualTo(on);
                }
                assertThat(pattern.isOn(next))
                        .as("seed %d, %s at %d", seed, pattern, next)
                        .isNotEqualTo(on);
            }
        }
    }

    @Test
    void whatWouldNotRepeatIsRefused() {
        List<Duration> odd = List.of(Duration.ofMillis(1));
        assertThatThrownBy(() -> new Pattern(true, odd)).hasMessageStartingWith("1 steps; expected an even number");
        List<Duration> empty = List.of(Duration.ofMillis(1), Duration.ZERO);
        assertThatThrownBy(() -> new Pattern(true, empty)).hasMessage("step of PT0S; expected longer than 0");
    }
}
