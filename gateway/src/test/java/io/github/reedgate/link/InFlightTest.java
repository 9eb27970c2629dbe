package io.github.reedgate.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.message.Message;
import io.github.reedgate.message.QoS;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sees to it that each publish is handed out once, whoever comes first. */
class InFlightTest {

    private final InFlight inFlight = new InFlight();

    @Test
    void eachIsTakenOnce() {
        long ticket = ticket(inFlight.add(ready(7)));
        assertThat(inFlight.take(ticket)).isTrue();
        assertThat(inFlight.take(ticket)).isFalse();
        assertThat(inFlight.close()).isEmpty();
    }

    @Test
    void sameTokenTwiceIsTwoPublishes() {
        long first = ticket(inFlight.add(ready(7)));
        inFlight.add(ready(7));
        assertThat(inFlight.take(first)).isTrue();
        assertThat(inFlight.close()).containsExactly(7L);
    }

    @Test
    void closeHandsOutTheRestInOrderAndTakesNoMore() {
        inFlight.add(ready(3));
        inFlight.add(ready(1));
        inFlight.add(ready(2));
        assertThat(inFlight.close()).containsExactly(3L, 1L, 2L);
        assertThat(inFlight.add(ready(4))).isNull();
        assertThat(inFlight.queue(ready(5), 1)).isFalse();
        assertThat(inFlight.next()).isNull();
        assertThat(inFlight.close()).isEmpty();
    }

    @Test
    void whatWaitsGoesInOrderWhenThereIsRoom() {
        long first = ticket(inFlight.add(ready(1)));
        assertThat(inFlight.queue(ready(2), 2)).isTrue();
        assertThat(inFlight.queue(ready(3), 2)).isTrue();
        assertThat(inFlight.queue(ready(4), 2)).isTrue();

        InFlight.Turn second = inFlight.next();
        assertThat(token(second)).isEqualTo(2);
        assertThat(inFlight.next()).as("two have no answer").isNull();
        inFlight.take(first);
        assertThat(token(inFlight.next())).isEqualTo(3);
        assertThat(inFlight.next()).isNull();
        inFlight.take(ticket(second));
        assertThat(token(inFlight.next())).isEqualTo(4);
        assertThat(inFlight.next()).as("none waits").isNull();
    }

    @Test
    void messageThatNobodyAcknowledgesIsNoProgress() {
        inFlight.add(ready(1));
        long sentNanos = System.nanoTime();
        Message heartbeat = new Message("gate/diagnostics", "{}", QoS.AT_MOST_ONCE, true, Message.JSON, Map.of());
        long ticket = ticket(inFlight.add(
                new InFlight.Ready(new BrokerLink.Outgoing(2, heartbeat), Mqtt5Messages.publish(heartbeat))));
        while (System.nanoTime() == sentNanos) {
            Thread.onSpinWait();
        }
        inFlight.take(ticket);
        assertThat(inFlight.isStuck(
                        Duration.ofSeconds(10),
                        sentNanos + Duration.ofSeconds(10).toNanos()))
                .isTrue();
    }

    @Test
    void behindAFarewellNothingIsSent() {
        long first = ticket(inFlight.add(ready(1)));
        inFlight.queue(ready(2), 1);
        inFlight.hold();
        inFlight.take(first);

        assertThat(inFlight.next()).isNull();
        assertThat(inFlight.close()).containsExactly(2L);
    }

    @Test
    void whatIsSentAtOnceTakesRoomFromWhatWaits() {
        inFlight.queue(ready(1), 2);
        inFlight.add(ready(8));
        inFlight.add(ready(9));

        assertThat(inFlight.next()).isNull();
        assertThat(inFlight.close()).containsExactly(8L, 9L, 1L);
        assertThat(inFlight.next()).isNull();
    }

    @Test
    @Timeout(180)
    void threeThreadsAnswerEachOnce() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            InFlight contended = new InFlight();
            AtomicInteger accepted = new AtomicInteger();
            AtomicInteger answered = new AtomicInteger();
            CountDownLatch begin = new CountDownLatch(1);
            ExecutorService threads = Executors.newFixedThreadPool(3);
            threads.execute(() -> {
                for (int i = 0; i < 100; i++) {
                    boolean isAccepted =
                            (i % 2 == 0) ? contended.add(ready(i)) != null : contended.queue(ready(i), 1_000);
                    contended.next();
                    accepted.addAndGet(isAccepted ? 1 : 0);
                    begin.countDown();
                }
            });
            threads.execute(() -> {
                for (int i = 1; i <= 100; i++) {
                    answered.addAndGet(contended.take(i) ? 1 : 0);
                }
            });
            assertThat(begin.await(60, TimeUnit.SECONDS)).isTrue();
            threads.execute(() -> answered.addAndGet(contended.close().size()));
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            assertThat(answered).hasValue(accepted.get());
        }
    }

    private static InFlight.Ready ready(long token) {
        Message message = Message.retainedText("gate/availability", "online");
        return new InFlight.Ready(new BrokerLink.Outgoing(token, message), Mqtt5Messages.publish(message));
    }

    private static long ticket(InFlight.@Nullable Turn turn) {
        return Objects.requireNonNull(turn).ticket();
    }

    private static long token(InFlight.@Nullable Turn turn) {
        return Objects.requireNonNull(turn).ready().outgoing().token();
    }
}
