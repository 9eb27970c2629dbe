package io.github.reedgate.monitor.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Random histories of gateways, broker and monitor that fail in every order, judged by an oracle that knows the truth. */
class SupervisionHistoriesTest {

    private static final int HISTORIES = Integer.getInteger("reedgate.histories", 5_000);
    private static final long MINUTES_12 = 12L * 60_000;

    @Test
    void noAlarmIsFalseAndNoneIsMissedInRandomHistories() {
        long first = Long.getLong("reedgate.seed", System.nanoTime() & 0xFFFF_FFFFL);
        long alarms = 0;
        long latest = 0;
        for (int history = 0; history < HISTORIES; history++) {
            long seed = first + history;
            VirtualWorld world = new VirtualWorld(seed);
            try {
                world.play(MINUTES_12);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("with -Dreedgate.seed=" + seed + ": " + e.getMessage(), e);
            }
            alarms += world.alarms();
            latest = Math.max(latest, world.latestAfterDeadline());
        }
        System.out.println(HISTORIES + " histories of supervision, seeds from " + first + ": " + alarms
                + " alarms, the latest " + latest + " ms after a deadline");

        assertThat(alarms).as("alarms in all histories").isGreaterThan(HISTORIES / 10);
        assertThat(latest).as("ms from deadline to alarm").isLessThanOrEqualTo(7_000);
    }
}
