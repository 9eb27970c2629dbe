package io.github.reedgate.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is alive and who is not. */
final class WatchdogTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long START_NANOS =
            Long.MAX_VALUE - Duration.ofSeconds(7).toNanos(); // the clock wraps around
    private static final Watchdog.Limits LIMITS = Watchdog.Limits.usual(Duration.ofMillis(100));

    private Watchdog watchdog = Watchdog.watching(LIMITS, new LifeSigns(0, 0, 0, 0), START_NANOS);
    private long nanos = START_NANOS;
    private LifeSigns signs = new LifeSigns(0, 0, 0, 0);

    /** Looks once a second for so long, while each part does so much in a second. */
    private Optional<String> after(int seconds, int turns, int failed, int reads, int storeTurns) {
        for (int i = 0; i < seconds; i++) {
            nanos += SECOND.toNanos();
            signs = new LifeSigns(
                    signs.turns() + turns,
                    signs.failedTurns() + failed,
                    signs.reads() + reads,
                    signs.storeTurns() + storeTurns);
            watchdog = watchdog.looked(signs, nanos);
        }
        return watchdog.trouble();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "alive", delimiter = '|', textBlock = """
            all do their work                     |  600 | 10 | 0 | 10 | 1 | alive
            the loop hangs, up to its limit       |   10 |  0 | 0 | 10 | 1 | alive
            the loop hangs beyond it              |   11 |  0 | 0 | 10 | 1 | the loop has completed no turn for 11 s
            the loop throws in each turn          |   11 |  0 | 1 | 10 | 1 | the loop has completed no turn for 11 s
            a read hangs, and the loop in it      |   30 |  0 | 0 |  0 | 1 | the loop has completed no turn for 30 s
            no line is read, up to the limit      |   10 | 10 | 0 |  0 | 1 | alive
            no line is read                       |   11 | 10 | 0 |  0 | 1 | no line was read for 11 s
            the card stalls for two minutes       |  120 | 10 | 0 | 10 | 0 | alive
            the store hangs or has ended          |  121 | 10 | 0 | 10 | 0 | the store has not answered for 121 s
            a turn fails now and then             |   49 | 10 | 1 | 10 | 1 | alive
            turns fail again and again            |   50 | 10 | 1 | 10 | 1 | the loop fails again and again, 50 times within 60 s
            """)
    void partsAreAliveAsLongAsTheirNumbersRise(
            String what, int seconds, int turns, int failed, int reads, int storeTurns, @Nullable String trouble) {
        assertThat(after(seconds, turns, failed, reads, storeTurns)).as(what).isEqualTo(Optional.ofNullable(trouble));
    }

    @Test
    void onceTheLoopTurnsAgainItIsAlive() {
        assertThat(after(60, 0, 0, 0, 1)).isPresent();

        assertThat(after(1, 1, 0, 1, 1)).isEmpty();
        assertThat(after(10, 0, 0, 0, 1)).isEmpty();
        assertThat(after(1, 0, 0, 0, 1)).isPresent();
    }

    @Test
    void aLoopThatReadNoLineInItsLastTurnIsNamedAndNotTheLines() {
        assertThat(after(1, 1, 0, 0, 1)).isEmpty();
        assertThat(after(10, 0, 0, 0, 1)).contains("the loop has completed no turn for 10 s");
    }

    @Test
    void aProcessThatStoodStillGetsItsTimeAgain() {
        nanos += Duration.ofHours(8).toNanos();
        watchdog = watchdog.looked(signs, nanos);

        assertThat(watchdog.trouble()).isEmpty();
        assertThat(after(5, 0, 0, 0, 0)).isEmpty();
        assertThat(after(1, 0, 0, 0, 0))
                .hasValueSatisfying(text -> assertThat(text).contains("the loop"));
    }

    @Test
    void aSickLoopIsSickUntilAWholeWindowWentWell() {
        assertThat(after(59, 10, 1, 10, 1)).isPresent();

        assertThat(after(1, 10, 1, 10, 1)).as("the window is over").isPresent();
        assertThat(after(59, 10, 0, 10, 1)).as("the next one is not").isPresent();
        assertThat(after(1, 10, 0, 10, 1)).as("it is, and went well").isEmpty();
    }

    @Test
    void aSlowReconcileHasItsOwnLimit() {
        watchdog = Watchdog.watching(Watchdog.Limits.usual(Duration.ofSeconds(10)), signs, nanos);

        assertThat(after(20, 0, 0, 0, 1)).isEmpty();
        assertThat(after(1, 0, 0, 0, 1)).isPresent();
    }
}
