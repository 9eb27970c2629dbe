package io.github.reedgate.line.pi4j;

import static com.pi4j.io.gpio.digital.DigitalState.HIGH;
import static com.pi4j.io.gpio.digital.DigitalState.LOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.pi4j.io.gpio.digital.DigitalState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When edges are delivered that were read in time, late, or together. Times are in milliseconds here. */
class EdgeReplayTest {

    private final EdgeReplay replay = new EdgeReplay();

    @Test
    void edgeThatIsReadInTimeIsDeliveredAtOnce() {
        add(HIGH, 100, 101);
        assertThat(delivered(101)).containsExactly(HIGH);
        add(LOW, 500, 500);
        assertThat(delivered(500)).containsExactly(LOW);
        assertThat(replay.untilDueNanos(0)).isEmpty();
    }

    @Test
    void edgesThatAreReadTogetherAreDeliveredAsFarApartAsTheyHappened() {
        add(HIGH, 100, 1_000);
        add(LOW, 500, 1_000);
        add(HIGH, 900, 1_000);

        assertThat(delivered(1_000)).containsExactly(HIGH);
        assertThat(replay.untilDueNanos(nanos(1_000))).hasValue(nanos(398));
        assertThat(delivered(1_397)).isEmpty();
        assertThat(delivered(1_398)).containsExactly(LOW);
        assertThat(delivered(1_795)).isEmpty();
        assertThat(delivered(1_796)).containsExactly(HIGH);
        assertThat(delivered(9_999)).isEmpty();
    }

    @Test
    void bounceThatIsReadTogetherStaysABounce() {
        for (int i = 0; i < 9; i++) {
            add(i % 2 == 0 ? HIGH : LOW, 100, 1_000);
        }

        assertThat(delivered(1_000)).hasSize(9);
    }

    @Test
    void edgeThatIsReadInTimeComesAfterThoseThatWait() {
        add(HIGH, 100, 1_000);
        add(LOW, 500, 1_000);
        assertThat(delivered(1_000)).containsExactly(HIGH);
        add(HIGH, 1_100, 1_100);

        assertThat(delivered(1_397)).isEmpty();
        assertThat(delivered(1_398)).containsExactly(LOW);
        assertThat(delivered(1_795)).isEmpty();
        assertThat(delivered(1_796)).containsExactly(HIGH);
    }

    @Test
    void lateEdgeAfterARestIsNotDelayed() {
        add(HIGH, 100, 1_000);
        assertThat(delivered(1_000)).containsExactly(HIGH);
        add(LOW, 2_500, 2_900);

        assertThat(delivered(2_900)).containsExactly(LOW);
    }

    @Test
    void levelIsThatOfTheLastDeliveredEdgeWhileOthersWait() {
        assertThat(replay.level()).isNull();
        add(HIGH, 100, 1_000);
        add(LOW, 500, 1_000);
        delivered(1_000);
        assertThat(replay.level()).isEqualTo(HIGH);
        delivered(1_398);
        assertThat(replay.level()).isNull();
    }

    @Test
    void droppedEdgesAreNotDeliveredAndTheLineHasTheLevel() {
        add(HIGH, 100, 1_000);
        add(LOW, 500, 1_000);
        delivered(1_000);
        replay.clear();

        assertThat(replay.level()).isNull();
        assertThat(delivered(9_999)).isEmpty();
    }

    @Test
    void edgeToTheSameLevelIsDropped() {
        add(HIGH, 100, 100);
        add(HIGH, 200, 200);

        assertThat(delivered(200)).containsExactly(HIGH);
    }

    @ParameterizedTest(name = "{0} to {1}: {2} ms")
    @CsvSource({
        "          100,        60100, 400", // further apart than a contact needs to be decided upon
        "        -2000,        -1700, 300",
        // on 32-bit ARM: 2.0 s and 2.3 s, whose seconds were multiplied in 32 bits
        " -2294.967296, -1994.967296, 300",
        // 2.9 s, of which 2^32 ns were cut off, behind 2.7 s, of which they were not
        "         2700, -1394.967296, 200",
    })
    void distanceIsTakenFromAnyClock(double fromMillis, double toMillis, long distanceMillis) {
        replay.add(HIGH, Math.round(fromMillis * 1e6), nanos(70_000));
        replay.add(LOW, Math.round(toMillis * 1e6), nanos(70_000));

        assertThat(delivered(70_000)).containsExactly(HIGH);
        assertThat(replay.untilDueNanos(nanos(70_000))).hasValue(nanos(distanceMillis - 2));
    }

    @Test
    void ifTooManyEdgesWaitTheOldestAreDueAtOnceAndNoneIsDropped() {
        for (int i = 0; i < EdgeReplay.CAPACITY + 500; i++) {
            add(i % 2 == 0 ? HIGH : LOW, 10L * i, 20_000);
        }

        assertThat(delivered(20_000)).hasSize(500);
        assertThat(delivered(999_999)).hasSize(EdgeReplay.CAPACITY);
    }

    @Test
    void levelIsNotNewerThanAnEdgeThatIsDelayedBehindDeliveredOnes() {
        add(HIGH, 100, 1_000);
        add(LOW, 500, 1_000);
        delivered(1_000);
        delivered(1_398);
        add(HIGH, 1_400, 1_400);

        assertThat(delivered(1_795)).isEmpty();
        assertThat(replay.level()).isEqualTo(LOW);
        assertThat(delivered(1_796)).containsExactly(HIGH);
        assertThat(replay.level()).isNull();
    }

    private void add(DigitalState state, long kernelMillis, long nowMillis) {
        replay.add(state, nanos(kernelMillis), nanos(nowMillis));
    }

    private List<DigitalState> delivered(long nowMillis) {
        List<DigitalState> delivered = new ArrayList<>();
        for (DigitalState next = replay.poll(nanos(nowMillis)); next != null; next = replay.poll(nanos(nowMillis))) {
            delivered.add(next);
        }
        return delivered;
    }

    private static long nanos(long millis) {
        return millis * 1_000_000;
    }
}
