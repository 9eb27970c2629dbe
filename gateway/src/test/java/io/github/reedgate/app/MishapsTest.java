package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.core.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of steps that throw. */
class MishapsTest {

    private static final long START_NANOS = Long.MAX_VALUE - 5; // the clock overflows on the way
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final Mishaps mishaps = new Mishaps();

    @Test
    void nothingIsToldOfWorkThatIsDone() {
        mishaps.survive(() -> {}, "work");

        assertThat(mishaps.takeFresh()).isFalse();
        assertThat(told(START_NANOS)).isEmpty();
    }

    @Test
    void theFirstIsToldAtOnceWithWhatItWasAbout() {
        fail(new IllegalStateException("planted"), new LoopInput.Core(new Input.Tick()));

        assertThat(mishaps.takeFresh()).isTrue();
        assertThat(mishaps.takeFresh()).as("asked again").isFalse();
        assertThat(told(START_NANOS)).contains(new Input.Failed(1, "IllegalStateException on Tick"));
        assertThat(told(START_NANOS)).as("asked again").isEmpty();
    }

    @Test
    void furtherOnesAreToldOnceAMinuteWithTheirNumber() {
        fail(new IllegalStateException("planted"), "tick");
        told(START_NANOS);
        for (int i = 0; i < 600; i++) {
            fail(new StackOverflowError("planted"), "tick");
            assertThat(told(START_NANOS + MINUTE - 1)).isEmpty();
        }

        assertThat(told(START_NANOS + MINUTE)).contains(new Input.Failed(600, "StackOverflowError on tick"));
        assertThat(told(START_NANOS + 5 * MINUTE)).isEmpty();
    }

    @Test
    void whatCannotBeToldIsToldLater() {
        fail(new IllegalStateException("planted"), "tick");
        mishaps.takeFresh();
        mishaps.tell(START_NANOS, event -> {
            throw new StackOverflowError("planted");
        });

        assertThat(mishaps.takeFresh()).as("so that the loop pauses").isTrue();
        assertThat(told(START_NANOS)).containsExactly(new Input.Failed(1, "IllegalStateException on tick"));
    }

    private List<Input> told(long nowNanos) {
        List<Input> told = new ArrayList<>();
        mishaps.tell(nowNanos, told::add);
        return told;
    }

    private void fail(Throwable thrown, Object what) {
        mishaps.survive(
                () -> {
                    if (thrown instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) thrown;
                },
                what);
    }
}
