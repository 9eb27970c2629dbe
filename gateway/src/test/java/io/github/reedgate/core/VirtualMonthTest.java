package io.github.reedgate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sixteen sensors over thirty virtual days, from simulated switches to messages, twice to the byte the same. */
class VirtualMonthTest {

    @Test
    void monthOfSixteenSensorsTellsEveryMoveOnceAndIsDeterministic() throws Exception {
        // processor time: what runs beside it makes a month no longer
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long startNanos = threads.getCurrentThreadCpuTime();
        VirtualMonth first = new VirtualMonth(false);
        first.play(5);
        Duration took = Duration.ofNanos(threads.getCurrentThreadCpuTime() - startNanos);

        assertThat(first.moves).isGreaterThan(5_000);
        assertThat(first.opened + first.closed).isEqualTo(first.moves);
        assertThat(first.alarms).isEqualTo(first.opened);
        assertThat(first.edges).isGreaterThan(10L * first.moves);
        assertThat(first.numbersWithoutGap).isTrue();
        for (int i = 0; i < VirtualMonth.SENSORS; i++) {
            assertThat(first.state.sensors().get(i).told().position()).isEqualTo(first.truth[i]);
        }
        assertThat(took).isLessThan(Duration.ofSeconds(60));

        VirtualMonth second = new VirtualMonth(false);
        second.play(5);
        String digest = first.digest();
        assertThat(second.digest()).isEqualTo(digest);

        VirtualMonth other = new VirtualMonth(false);
        other.play(6);
        assertThat(other.digest()).isNotEqualTo(digest);
        System.out.printf(
                "virtual month: %d sensors, %d moves, %d edges, %d messages in %d ms%n",
                VirtualMonth.SENSORS, first.moves, first.edges, first.messages, took.toMillis());
    }

    @Test
    void monthOfAClockThatIsSetToAndFroIsTheSameButForTheTimes() throws Exception {
        VirtualMonth still = new VirtualMonth(false);
        still.play(5);
        VirtualMonth jumping = new VirtualMonth(true);
        jumping.play(5);

        assertThat(still.corrections).isZero();
        assertThat(jumping.corrections).isGreaterThan(50);
        assertThat(jumping.messages).isGreaterThan(still.messages);
        assertThat(jumping.numbersWithoutGap).isTrue();
        assertThat(jumping.timelessDigest()).isEqualTo(still.timelessDigest());
    }
}
