package io.github.reedgate.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When the URL is called that watches a program, and what is reported of it. */
class PingTest {

    private final List<Ping.Change> reports = new ArrayList<>();
    private final Deque<Optional<String>> answers = new ArrayDeque<>();
    private int calls;
    private boolean isWell = true;
    private final Ping ping = new Ping("the gateway", this::answer, () -> isWell, reports::add, Duration.ofMinutes(1));

    private Optional<String> answer() {
        calls++;
        return answers.remove();
    }

    @Test
    void aProgramThatIsNotWellDoesNotCall() throws InterruptedException {
        isWell = false;
        ping.round();

        assertThat(calls).isZero();
        assertThat(reports).isEmpty();
    }

    @Test
    void theFirstFailureAndTheFirstSuccessAfterItAreEvents() throws InterruptedException {
        answers.addAll(List.of(
                Optional.empty(),
                Optional.of("status 500"),
                Optional.of("status 500"),
                Optional.empty(),
                Optional.empty()));
        for (int round = 0; round < 5; round++) {
            ping.round();
        }

        assertThat(reports).extracting(Ping.Change::isFailing).containsExactly(true, false);
        assertThat(reports.get(0).message()).isEqualTo("The URL that watches the gateway can't be called: status 500");
    }

    @Test
    void aRoundThatThrowsIsAnEventAndThePingGoesOn() throws Exception {
        BlockingQueue<Ping.Change> seen = new LinkedBlockingQueue<>();
        AtomicInteger rounds = new AtomicInteger();
        Ping.Call first = () -> {
            if (rounds.getAndIncrement() == 0) {
                throw new IllegalStateException("planted");
            }
            return Optional.empty();
        };
        try (Ping broken = new Ping("the gateway", first, () -> true, seen::add, Duration.ofMillis(10))) {
            broken.start();

            Ping.Change failed = seen.poll(20, TimeUnit.SECONDS);
            assertThat(failed).isNotNull().extracting(Ping.Change::isFailing).isEqualTo(true);
            assertThat(failed.message()).contains("this program failed").contains("planted");
            assertThat(seen.poll(20, TimeUnit.SECONDS))
                    .isNotNull()
                    .extracting(Ping.Change::isFailing)
                    .isEqualTo(false);
        }
    }
}
