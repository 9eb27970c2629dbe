package io.github.reedgate.monitor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.monitor.record.OwnEvent;
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

/** When the URL is called that watches the monitor, and what is reported of it. */
class PingTest {

    private final List<OwnEvent> reports = new ArrayList<>();
    private final Deque<Optional<String>> answers = new ArrayDeque<>();
    private int calls;
    private boolean isWell = true;
    private final Ping ping = new Ping(this::answer, () -> isWell, reports::add, Duration.ofMinutes(1));

    private Optional<String> answer() {
        calls++;
        return answers.remove();
    }

    @Test
    void aMonitorThatIsNotWellDoesNotCall() throws InterruptedException {
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

        assertThat(reports)
                .extracting(OwnEvent::type)
                .containsExactly(OwnEvent.Type.PING_FAILED, OwnEvent.Type.PING_RESTORED);
        assertThat(reports.get(0).message()).contains("status 500");
    }

    @Test
    void aRoundThatThrowsIsAnEventAndThePingGoesOn() throws Exception {
        BlockingQueue<OwnEvent> seen = new LinkedBlockingQueue<>();
        AtomicInteger rounds = new AtomicInteger();
        Ping.Call first = () -> {
            if (rounds.getAndIncrement() == 0) {
                throw new IllegalStateException("planted");
            }
            return Optional.empty();
        };
        try (Ping broken = new Ping(first, () -> true, seen::add, Duration.ofMillis(10))) {
            broken.start();

            OwnEvent failed = seen.poll(20, TimeUnit.SECONDS);
            assertThat(failed).isNotNull().extracting(OwnEvent::type).isEqualTo(OwnEvent.Type.PING_FAILED);
            assertThat(failed.message()).contains("this program failed").contains("planted");
            assertThat(seen.poll(20, TimeUnit.SECONDS))
                    .isNotNull()
                    .extracting(OwnEvent::type)
                    .isEqualTo(OwnEvent.Type.PING_RESTORED);
        }
    }
}
