package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sees to it that each publish is handed out once, whoever comes first. */
class InFlightTest {

    private final InFlight inFlight = new InFlight();

    @Test
    void eachIsTakenOnce() {
        long ticket = inFlight.add(7).orElseThrow();
        assertThat(inFlight.take(ticket)).isTrue();
        assertThat(inFlight.take(ticket)).isFalse();
        assertThat(inFlight.close()).isEmpty();
    }

    @Test
    void sameTokenTwiceIsTwoPublishes() {
        long first = inFlight.add(7).orElseThrow();
        inFlight.add(7);
        assertThat(inFlight.take(first)).isTrue();
        assertThat(inFlight.close()).containsExactly(7L);
    }

    @Test
    void closeHandsOutTheRestInOrderAndTakesNoMore() {
        inFlight.add(3);
        inFlight.add(1);
        inFlight.add(2);
        assertThat(inFlight.close()).containsExactly(3L, 1L, 2L);
        assertThat(inFlight.add(4)).isEmpty();
        assertThat(inFlight.close()).isEmpty();
    }

    @Test
    @Timeout(30)
    void threeThreadsAnswerEachOnce() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            InFlight contended = new InFlight();
            AtomicInteger accepted = new AtomicInteger();
            AtomicInteger answered = new AtomicInteger();
            CountDownLatch begin = new CountDownLatch(1);
            ExecutorService threads = Executors.newFixedThreadPool(3);
            threads.execute(() -> {
                for (int i = 0; i < 100; i++) {
                    OptionalLong ticket = contended.add(i);
                    accepted.addAndGet(ticket.isPresent() ? 1 : 0);
                    begin.countDown();
                }
            });
            threads.execute(() -> {
                for (int i = 1; i <= 100; i++) {
                    answered.addAndGet(contended.take(i) ? 1 : 0);
                }
            });
            assertThat(begin.await(10, TimeUnit.SECONDS)).isTrue();
            threads.execute(() -> answered.addAndGet(contended.close().size()));
            threads.shutdown();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            assertThat(answered).hasValue(accepted.get());
        }
    }
}
