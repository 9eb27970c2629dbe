package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.link.LinkTrouble;
import io.github.reedgate.time.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class StandingTest {

    private static final Instant START = Instant.parse("2026-11-22T21:00:00Z");

    private final Standing standing = new Standing();

    private static long second(int second) {
        return second * 1_000_000_000L;
    }

    private static LinkEvent down(boolean wasUp, LinkTrouble trouble, String message) {
        return new LinkEvent.Down(wasUp, trouble, message, Duration.ofSeconds(1));
    }

    private static Timestamp now(int second) {
        return new Timestamp(second(second), START.plusSeconds(second));
    }

    @Test
    void nothingIsKnownBeforeTheFirstAnswer() {
        assertThat(standing.fields(now(1)))
                .containsEntry("connected", false)
                .containsEntry("since", null)
                .containsEntry("last_failure", null);
    }

    @Test
    void outageBeginsWithItsFirstFailureAndTellsTheLast() {
        standing.take(new LinkEvent.Up(1, "b:8883", 10), second(1));
        assertThat(standing.fields(now(5)))
                .containsEntry("connected", true)
                .containsEntry("since", "2026-11-22T21:00:01.000Z")
                .containsEntry("last_failure_time", null);

        standing.take(down(true, LinkTrouble.NETWORK, "gone"), second(10));
        standing.take(down(false, LinkTrouble.NO_ANSWER, "no answer"), second(20));
        assertThat(standing.fields(now(30)))
                .containsEntry("connected", false)
                .containsEntry("since", "2026-11-22T21:00:10.000Z")
                .containsEntry("last_failure", "no answer")
                .containsEntry("last_failure_time", "2026-11-22T21:00:20.000Z");

        standing.take(new LinkEvent.Up(2, "b:8883", 10), second(40));
        assertThat(standing.fields(now(50)))
                .containsEntry("connected", true)
                .containsEntry("since", "2026-11-22T21:00:40.000Z")
                .containsEntry("last_failure", "no answer");
    }

    @Test
    void attemptsThatFailFromTheStartCountFromTheFirst() {
        standing.take(down(false, LinkTrouble.NETWORK, "one"), second(2));
        standing.take(down(false, LinkTrouble.NETWORK, "two"), second(4));
        assertThat(standing.fields(now(9))).containsEntry("since", "2026-11-22T21:00:02.000Z");
        standing.take(down(true, LinkTrouble.STOPPED, "stopped"), second(6));
        assertThat(standing.fields(now(9))).containsEntry("last_failure", "two");
    }
}
