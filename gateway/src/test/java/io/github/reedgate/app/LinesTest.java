package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.core.Input;
import io.github.reedgate.line.FakeLines;
import io.github.reedgate.line.Level;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Opening, reading and reopening of the sensors' lines. */
class LinesTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long START_NANOS = Long.MAX_VALUE - 2 * SECOND; // the clock overflows on the way

    private final FakeLines source = new FakeLines();
    private final InputQueue queue = new InputQueue(10);
    private final Lines lines = new Lines(source, List.of(LoopRig.door(17), LoopRig.door(27)), queue);

    @Test
    void lineIsOpenedOnceWhenItIsReadFirst() {
        source.level(27, Level.HIGH);

        assertThat(lines.read(1, START_NANOS)).isEqualTo(new Input.LevelRead(1, Level.HIGH));
        assertThat(lines.read(1, START_NANOS)).isEqualTo(new Input.LevelRead(1, Level.HIGH));
        assertThat(source.openings()).containsExactly(27);
    }

    @Test
    void edgeCarriesTheSensorsIndexAndItsTime() throws InterruptedException {
        lines.read(0, START_NANOS);
        lines.read(1, START_NANOS);
        source.edge(27, Level.HIGH, 99);

        assertThat(queue.poll(0)).isEqualTo(new LoopInput.Core(new Input.Edge(1, Level.HIGH, 99)));
    }

    @Test
    void lineThatCannotBeOpenedIsTriedAgainAfterFiveSeconds() {
        source.refuse(17, "line 17 is busy");

        assertThat(lines.read(0, START_NANOS)).isEqualTo(new Input.LineFailed(0, "line 17 is busy"));
        source.refuse(17, "");
        assertThat(lines.read(0, START_NANOS + 5 * SECOND - 1))
                .as("the reason stays the same meanwhile")
                .isEqualTo(new Input.LineFailed(0, "line 17 is busy"));
        assertThat(source.openings()).hasSize(1);
        assertThat(lines.read(0, START_NANOS + 5 * SECOND)).isEqualTo(new Input.LevelRead(0, Level.LOW));
        assertThat(source.openings()).hasSize(2);
    }

    @Test
    void sourceThatThrowsWhatItShouldNotIsALineThatCannotBeRead() {
        lines.read(0, START_NANOS);
        source.breakDown(17, new IllegalStateException("planted"));

        assertThat(lines.read(0, START_NANOS))
                .isEqualTo(
                        new Input.LineFailed(0, "a defect of the program: java.lang.IllegalStateException: planted"));
        assertThat(lines.read(1, START_NANOS)).isEqualTo(new Input.LevelRead(1, Level.LOW));
        source.repair(17);
        assertThat(lines.read(0, START_NANOS)).isEqualTo(new Input.LevelRead(0, Level.LOW));
    }

    @Test
    void oneLineInTroubleHindersNoOther() {
        source.refuse(17, "line 17 is busy");
        lines.read(0, START_NANOS);

        assertThat(lines.read(1, START_NANOS)).isEqualTo(new Input.LevelRead(1, Level.LOW));
    }

    @Test
    void closeReachesTheSource() {
        lines.close();

        assertThat(source.isClosed()).isTrue();
    }
}
