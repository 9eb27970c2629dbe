package io.github.reedgate.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.line.Level;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How edges become moves, bounces and glitches. Times are milliseconds. */
final class LineActivityTest {

    private final LineActivity line = new LineActivity(17);

    private static long nanos(double millis) {
        return (long) (millis * 1e6);
    }

    private Optional<LineActivity.Moved> read(Level level, double millis) {
        return line.read(level, nanos(millis));
    }

    private void edge(Level level, double millis) {
        line.edge(level, nanos(millis));
    }

    @Test
    void lineThatRestsDoesNothing() {
        for (int millis = 0; millis < 1000; millis += 20) {
            assertThat(read(Level.HIGH, millis)).isEmpty();
        }
        assertThat(line.level()).hasValue(Level.HIGH);
        assertThat(line.edges() + line.moves() + line.glitches() + line.missed())
                .isZero();
    }

    @Test
    void bouncingMoveIsOneMoveWithItsBounces() {
        read(Level.HIGH, 0);
        edge(Level.LOW, 100);
        edge(Level.HIGH, 101);
        edge(Level.LOW, 103.5);
        assertThat(read(Level.LOW, 200)).isEmpty();
        assertThat(read(Level.LOW, 254))
                .hasValue(new LineActivity.Moved(17, Level.LOW, 3, Duration.ofNanos(3_500_000), nanos(100)));
        assertThat(line.moves()).isEqualTo(1);
        assertThat(line.bounces()).isEqualTo(2);
        assertThat(line.edges()).isEqualTo(3);
        assertThat(line.longest()).isEqualTo(Duration.ofNanos(3_500_000));
        assertThat(line.glitches() + line.missed()).isZero();
    }

    @Test
    void longestBounceOfSeveralMovesIsKept() {
        read(Level.HIGH, 0);
        edge(Level.LOW, 100);
        edge(Level.HIGH, 108);
        edge(Level.LOW, 109);
        read(Level.LOW, 300);
        edge(Level.HIGH, 400);
        assertThat(read(Level.HIGH, 600))
                .hasValueSatisfying(move -> assertThat(move.edges()).isEqualTo(1));
        assertThat(line.moves()).isEqualTo(2);
        assertThat(line.longest()).isEqualTo(Duration.ofMillis(9));
    }

    @Test
    void pulseThatEndsWhereItBeganIsAGlitch() {
        read(Level.HIGH, 0);
        edge(Level.LOW, 100);
        edge(Level.HIGH, 100.2);
        assertThat(read(Level.HIGH, 300)).isEmpty();
        assertThat(line.glitches()).isEqualTo(1);
        assertThat(line.moves()).isZero();
        assertThat(line.bounces()).isZero();
    }

    @Test
    void moveWithoutAnEdgeIsFoundByReadingAndCountedAsMissed() {
        read(Level.HIGH, 0);
        assertThat(read(Level.LOW, 20)).isEmpty();
        assertThat(read(Level.LOW, 180)).isPresent();
        assertThat(line.missed()).isEqualTo(1);
        assertThat(line.moves()).isEqualTo(1);
        assertThat(line.edges()).isZero();
    }

    @Test
    void movementsWithAQuietTimeBetweenAreTwo() {
        read(Level.HIGH, 0);
        edge(Level.LOW, 100);
        assertThat(read(Level.LOW, 250)).isPresent();
        edge(Level.HIGH, 251);
        assertThat(read(Level.HIGH, 401)).isPresent();
        assertThat(line.moves()).isEqualTo(2);
    }
}
