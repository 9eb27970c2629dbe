package io.github.reedgate.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random histories of publishing, outages, refusals and silence; the seed of a failing one is in the message. */
class CourierHistoriesTest {

    private static final int HISTORIES = 6_000;
    private static final long SEED = 7_331L;

    @Test
    void everythingIsAcceptedInTheEndInOrderAndWithTheNewestStates() {
        for (int history = 0; history < HISTORIES; history++) {
            long seed = SEED + history;
            CourierHistory played = new CourierHistory(new Random(seed), true);
            played.play(80);
            played.endWell();
            played.check("seed " + seed);
        }
    }

    @Test
    void withoutRefusalsTheOrderOfEventsHasNoExceptionAtAll() {
        for (int history = 0; history < HISTORIES / 2; history++) {
            long seed = SEED + history;
            CourierHistory played = new CourierHistory(new Random(seed), false);
            played.play(80);
            played.endWell();
            played.check("seed " + seed);
            // an alarm that is raised now does not wait for one that is suspected to break the connection
            assertThat(played.overtakings("gate/event")).as("seed %d", seed).isZero();
        }
    }

    @Test
    void historiesReachWhatTheyAreMadeFor() {
        int dropped = 0;
        int repeated = 0;
        int overtaken = 0;
        for (int history = 0; history < 500; history++) {
            CourierHistory played = new CourierHistory(new Random(SEED + history), true);
            played.play(80);
            played.endWell();
            dropped += played.drops();
            repeated += played.repeats();
            overtaken += played.overtakings();
        }
        assertThat(dropped).as("dropped").isPositive();
        assertThat(repeated).as("accepted twice").isPositive();
        assertThat(overtaken).as("overtaken while refused").isPositive();
    }
}
