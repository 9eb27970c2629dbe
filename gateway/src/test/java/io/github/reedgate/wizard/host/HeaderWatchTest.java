package io.github.reedgate.wizard.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.line.Level;
import io.github.reedgate.line.LineEvent;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.LineSource;
import io.github.reedgate.line.Pull;
import io.github.reedgate.wizard.Outcome;
import io.github.reedgate.wizard.host.HeaderWatch.Keys.Pressed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is made of lines that move, chatter, float or can't be had. Time goes on with each look at the keyboard. */
final class HeaderWatchTest {

    private static final long STEP_NANOS = 20_000_000;

    private final Board board = new Board();
    private final Map<Integer, Runnable> plan = new TreeMap<>();
    private final Map<Integer, Pressed> keys = new HashMap<>();
    private int step;

    /** Lines that rest at the level of their resistor. */
    private static final class Board implements LineSource {

        private final Map<Integer, Consumer<LineEvent>> open = new HashMap<>();
        private final Map<Integer, Level> levels = new HashMap<>();
        private final List<Integer> closings = new ArrayList<>();
        private boolean isBusy;

        @Override
        public void open(LineSettings settings, Consumer<LineEvent> edges) throws LineException {
            if (isBusy) {
                throw new LineException("line " + settings.offset() + " is in use by 'reedgate'");
            }
            open.put(settings.offset(), edges);
            levels.putIfAbsent(settings.offset(), settings.pull() == Pull.UP ? Level.HIGH : Level.LOW);
        }

        @Override
        public Level read(int offset) {
            return levels.getOrDefault(offset, Level.HIGH);
        }

        @Override
        public void close() {
            closings.add(open.size());
        }
    }

    private long now() {
        return step * STEP_NANOS;
    }

    private void at(int when, int line, Level level) {
        Runnable before = plan.getOrDefault(when, () -> {});
        plan.put(when, () -> {
            before.run();
            board.levels.put(line, level);
            Consumer<LineEvent> edges = board.open.get(line);
            if (edges != null) {
                edges.accept(new LineEvent(line, level, now()));
            }
        });
    }

    private HeaderWatch watch() {
        return new HeaderWatch(() -> board, this::now, () -> {
            step++;
            plan.getOrDefault(step, () -> {}).run();
            return keys.getOrDefault(step, Pressed.NONE);
        });
    }

    private Outcome opening() throws InterruptedException {
        return watch().opening(Set.of(4), Pull.UP);
    }

    @Test
    void lineThatMovesIsNamedWithItsLevelAndReleased() throws Exception {
        at(1, 17, Level.LOW); // the closed door's line is low from the beginning
        at(100, 17, Level.HIGH);
        at(101, 17, Level.LOW);
        at(102, 17, Level.HIGH); // it bounced
        assertThat(opening()).isEqualTo(new Outcome.Moved(List.of(17), Level.HIGH));
        assertThat(board.closings).hasSize(1);
        assertThat(board.open).doesNotContainKeys(0, 1, 4).hasSize(25);
    }

    /** Opening them takes seconds on a slow machine, so they are open before the person is told to move a door. */
    @Test
    void linesThatWerePreparedAreWatchedAsTheyAre() throws Exception {
        HeaderWatch watch = watch();
        watch.prepareOpening(Set.of(4), Pull.UP);
        assertThat(board.open).hasSize(25);
        at(100, 17, Level.LOW);
        board.isBusy = true; // nothing is opened again
        assertThat(watch.opening(Set.of(4), Pull.UP)).isEqualTo(new Outcome.Moved(List.of(17), Level.LOW));
        assertThat(board.closings).hasSize(1);

        watch.prepareClosing(17, Pull.UP);
        assertThat(watch.closing(17, Pull.UP)).isInstanceOf(Outcome.Wrong.class);
    }

    @Test
    void twoLinesThatMoveTogetherAreBothNamed() throws Exception {
        at(100, 17, Level.LOW);
        at(110, 27, Level.LOW);
        assertThat(opening()).isEqualTo(new Outcome.Moved(List.of(17, 27), Level.LOW));
    }

    @Test
    void lineThatDoesNotComeToRestIsNamed() throws Exception {
        for (int i = 0; i < 60; i++) {
            at(100 + i * 2, 22, i % 2 == 0 ? Level.LOW : Level.HIGH);
        }
        assertThat(opening()).isEqualTo(new Outcome.Chattered(22));
    }

    @Test
    void lineThatFloatsFromTheBeginningIsLeftOutAndTold() throws Exception {
        for (int i = 0; i < 3500; i += 3) {
            at(2 + i, 5, i % 2 == 0 ? Level.LOW : Level.HIGH);
        }
        assertThat(opening()).isEqualTo(new Outcome.Still(List.of(5)));
        assertThat(now()).isGreaterThanOrEqualTo(HeaderWatch.PATIENCE.toNanos());
    }

    @Test
    void shortGlitchIsNoDoor() throws Exception {
        at(100, 17, Level.LOW);
        at(101, 17, Level.HIGH);
        assertThat(opening()).isEqualTo(new Outcome.Still(List.of()));
    }

    @Test
    void keyEndsTheWatching() throws Exception {
        keys.put(50, Pressed.SOME);
        assertThat(opening()).isEqualTo(new Outcome.Typed(false));
        keys.put(100, Pressed.ENTER);
        assertThat(opening()).isEqualTo(new Outcome.Typed(true));
        keys.put(150, Pressed.LEFT);
        assertThat(opening()).isEqualTo(new Outcome.Left());
        assertThat(board.closings).hasSize(3);
    }

    @Test
    void doorThatIsClosedMovesBack() throws Exception {
        at(100, 17, Level.LOW);
        assertThat(watch().closing(17, Pull.UP)).isEqualTo(new Outcome.Moved(List.of(17), Level.LOW));
        assertThat(board.open).containsOnlyKeys(17);
    }

    @Test
    void linesThatCannotBeHadAreToldOf() throws Exception {
        board.isBusy = true;
        assertThat(opening())
                .isInstanceOfSatisfying(
                        Outcome.Wrong.class,
                        wrong -> assertThat(wrong.seen())
                                .isEqualTo("no line can be watched: line 2 is in use by 'reedgate'"));
        HeaderWatch none = new HeaderWatch(
                () -> {
                    throw new LineException("there is no GPIO chip; is this user in the group gpio?");
                },
                this::now,
                () -> Pressed.NONE);
        assertThat(none.opening(Set.of(), Pull.UP))
                .isInstanceOfSatisfying(
                        Outcome.Wrong.class, wrong -> assertThat(wrong.seen()).contains("group gpio"));
    }
}
