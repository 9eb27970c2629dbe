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

/** When edges are told that were heard in time, late, or together. Times are in milliseconds here. */
class HeldEdgesTest {

    private final HeldEdges held = new HeldEdges();

    @Test
    void edgeThatIsHeardInTimeIsToldAtOnce() {
        add(HIGH, 100, 101);
        assertThat(told(101)).containsExactly(HIGH);
        add(LOW, 500, 500);
        assertThat(told(500)).containsExactly(LOW);
        assertThat(held.waitNanos(0)).isEmpty();
    }

    @Test
    void edgesThatAreHeardTogetherAreToldAsFarApartAsTheyHappened() {
        add(HIGH, 100, 1_000);
        add(LOW, 500, 1_000);
        add(HIGH, 900, 1_000);

        assertThat(told(1_000)).containsExactly(HIGH);
        assertThat(held.waitNanos(nanos(1_000))).hasValue(nanos(398));
        assertThat(told(1_397)).isEmpty();
        assertThat(told(1_398)).containsExactly(LOW);
        assertThat(told(1_795)).isEmpty();
        assertThat(told(1_796)).containsExactly(HIGH);
        assertThat(told(9_999)).isEmpty();
    }

    @Test
    void bounceThatIsHeardTogetherStaysABounce() {
        for (int i = 0; i < 9; i++) {
            add(i % 2 == 0 ? HIGH : LOW, 100, 1_000);
        }

        assertThat(told(1_000)).hasSize(9);
    }

    @Test
    void edgeThatIsHeardInTimeComesAfterThoseThatAreHeld() {
        add(HIGH, 100, 1_000);
        add(LOW, 500, 1_000);
        assertThat(told(1_000)).containsExactly(HIGH);
        add(HIGH, 1_100, 1_100);

        assertThat(told(1_397)).isEmpty();
        assertThat(told(1_398)).containsExactly(LOW);
        assertThat(told(1_795)).isEmpty();
        assertThat(told(1_796)).containsExactly(HIGH);
    }

    @Test
    void lateEdgeBehindARestIsNotHeld() {
        add(HIGH, 100, 1_000);
        assertThat(told(1_000)).containsExactly(HIGH);
        add(LOW, 2_500, 2_900);

        assertThat(told(2_900)).containsExactly(LOW);
    }

    @Test
    void levelIsThatOfTheLastEdgeToldUntilAllAre() {
        assertThat(held.shown()).isNull();
        add(HIGH, 100, 1_000);
        add(LOW, 500, 1_000);
        told(1_000);
        assertThat(held.shown()).isEqualTo(HIGH);
        told(1_398);
        assertThat(held.shown()).isNull();
    }

    @Test
    void forgottenEdgesAreNotToldAndTheLevelIsTheLinesOwn() {
        add(HIGH, 100, 1_000);
        add(LOW, 500, 1_000);
        told(1_000);
        held.clear();

        assertThat(held.shown()).isNull();
        assertThat(told(9_999)).isEmpty();
    }

    @Test
    void edgeToTheSameLevelIsDropped() {
        add(HIGH, 100, 100);
        add(HIGH, 200, 200);

        assertThat(told(200)).containsExactly(HIGH);
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
        held.add(HIGH, Math.round(fromMillis * 1e6), nanos(70_000));
        held.add(LOW, Math.round(toMillis * 1e6), nanos(70_000));

        assertThat(told(70_000)).containsExactly(HIGH);
        assertThat(held.waitNanos(nanos(70_000))).hasValue(nanos(distanceMillis - 2));
    }

    @Test
    void beyondAThousandNoEdgeWaitsForItsTime() {
        for (int i = 0; i < 1_500; i++) {
            add(i % 2 == 0 ? HIGH : LOW, 10L * i, 20_000);
        }

        assertThat(told(20_000)).hasSize(1);
        // 999 distances of 8 ms; those beyond follow the last of them
        assertThat(told(20_000 + 999 * 8)).hasSize(1_499);
    }

    private void add(DigitalState state, long kernelMillis, long nowMillis) {
        held.add(state, nanos(kernelMillis), nanos(nowMillis));
    }

    private List<DigitalState> told(long nowMillis) {
        List<DigitalState> told = new ArrayList<>();
        for (DigitalState next = held.take(nanos(nowMillis)); next != null; next = held.take(nanos(nowMillis))) {
            told.add(next);
        }
        return told;
    }

    private static long nanos(long millis) {
        return millis * 1_000_000;
    }
}
