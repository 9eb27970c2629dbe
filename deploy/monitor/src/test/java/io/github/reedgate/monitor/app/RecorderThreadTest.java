package io.github.reedgate.monitor.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.monitor.heal.Healer;
import io.github.reedgate.monitor.record.Delivery;
import io.github.reedgate.monitor.record.FakeHistory;
import io.github.reedgate.monitor.record.History;
import io.github.reedgate.monitor.record.MessageReader;
import io.github.reedgate.monitor.record.Outlet;
import io.github.reedgate.monitor.record.RawMessage;
import io.github.reedgate.monitor.record.Recorder;
import io.github.reedgate.monitor.record.Samples;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The recorder's thread: what it holds, and what an input that fails costs. */
@Timeout(60)
class RecorderThreadTest {

    private static final Recorder.Limits LIMITS = new Recorder.Limits(50, 1 << 20, Duration.ofSeconds(1), 1L << 20);

    private final FakeHistory history = new FakeHistory();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final Recorder recorder = new Recorder(
            new MessageReader("reedgate"),
            history,
            new Outlet() {
                @Override
                public void event(History.NumberedEvent event) {}

                @Override
                public void state(String gateway, String state) {}
            },
            LIMITS);
    private final RecorderThread thread = new RecorderThread(
            recorder, () -> {}, new Healer.Places("reedgate", "reedgate-monitor/main", false), (t, a, r, lost) -> {});

    @AfterEach
    void stop() throws InterruptedException {
        thread.stop(Duration.ofSeconds(10));
    }

    private void deliver(Supplier<RawMessage> message) {
        RawMessage shown = Samples.message("reedgate/home/event", "x".repeat(4_000));
        thread.received(new Delivery() {
            @Override
            public RawMessage message() {
                return message.get();
            }

            @Override
            public String topic() {
                return shown.topic();
            }

            @Override
            public int length() {
                return shown.payload().length;
            }

            @Override
            public void acknowledge() {
                acknowledged.incrementAndGet();
            }
        });
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void whatArrivesWhileTheHistoryIsBusyCountsAtOnceAndUntilItIsAcknowledged() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        history.onWrite = () -> {
            busy.countDown();
            try {
                released.await(40, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        thread.start();
        assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(thread.hasRoom()).isTrue();

        int count = 0;
        while (thread.hasRoom() && count < 10_000) {
            long seq = ++count;
            deliver(() -> Samples.event("home", seq, "a-" + seq));
        }
        assertThat(count).as("1 MiB in messages of 4,000 bytes").isBetween(200, 262);

        released.countDown();
        int all = count;
        await("all are stored", () -> acknowledged.get() == all);
        await("nothing is held", () -> recorder.held().bytes() == 0);
        assertThat(thread.hasRoom()).isTrue();
    }

    @Test
    void inputThatThrowsCostsNoOtherAndIsNotHeld() {
        deliver(() -> {
            throw new IllegalStateException("planted");
        });
        for (int i = 1; i <= 20; i++) {
            long seq = i;
            deliver(() -> Samples.event("home", seq, "a-" + seq));
        }
        thread.start();

        await("the others are stored", () -> acknowledged.get() == 20);
        await("nothing is held", () -> recorder.held().bytes() == 0);
        await("the failure is counted", () -> thread.rounds().worked().failedRounds() == 1);
    }
}
