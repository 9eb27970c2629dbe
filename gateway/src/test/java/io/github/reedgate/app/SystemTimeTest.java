package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two clocks read as one. */
class SystemTimeTest {

    private static final Instant WALL = Instant.parse("2026-11-22T21:14:00Z");
    private static final long MILLI = 1_000_000;

    private static Timestamp read(long... nanos) {
        Iterator<Long> monotonic = java.util.Arrays.stream(nanos).iterator();
        Iterator<Instant> wall =
                List.of(WALL, WALL.plusSeconds(60), WALL.plusSeconds(120)).iterator();
        return new SystemTime(monotonic::next, wall::next).now();
    }

    @Test
    void readingsThatLieCloseTogetherAreTaken() {
        assertThat(read(5, 5 + 10 * MILLI)).isEqualTo(new Timestamp(5, WALL));
    }

    @Test
    void readingsBetweenWhichTheProcessWasHeldUpAreTakenAgain() {
        assertThat(read(5, 5 + 11 * MILLI, 60_000 * MILLI, 60_001 * MILLI))
                .isEqualTo(new Timestamp(60_000 * MILLI, WALL.plusSeconds(60)));
    }

    @Test
    void overflowOfTheMonotonicClockIsNoHoldUp() {
        assertThat(read(Long.MAX_VALUE, Long.MIN_VALUE)).isEqualTo(new Timestamp(Long.MAX_VALUE, WALL));
    }

    @Test
    void aMachineThatIsAlwaysHeldUpGetsAnAnswerAllTheSame() {
        assertThat(read(0, 20 * MILLI, 40 * MILLI, 60 * MILLI, 80 * MILLI, 100 * MILLI))
                .isEqualTo(new Timestamp(80 * MILLI, WALL.plusSeconds(120)));
    }

    @Test
    void clocksOfThisMachineGoOnTogether() {
        SystemTime time = new SystemTime();
        Timestamp first = time.now();
        Timestamp second = time.now();

        assertThat(second.monotonicNanos()).isGreaterThanOrEqualTo(first.monotonicNanos());
        assertThat(Duration.between(first.wall(), second.wall()).abs()).isLessThan(Duration.ofMinutes(1));
    }
}
