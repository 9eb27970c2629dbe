package io.github.reedgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reedgate.core.Input;
import io.github.reedgate.line.Level;
import io.github.reedgate.link.LinkEvent;
import io.github.reedgate.message.Incoming;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The queue in front of the loop. */
class InputQueueTest {

    private static final long LONG_NANOS = TimeUnit.MINUTES.toNanos(1);

    @Test
    void inputsComeOutInTheOrderTheyWentIn() throws InterruptedException {
        InputQueue queue = new InputQueue(10);
        queue.offerEdge(edge(1));
        queue.offer(new LoopInput.Stop());
        queue.offerEdge(edge(2));

        assertThat(queue.poll(0)).isEqualTo(new LoopInput.Core(edge(1)));
        assertThat(queue.poll(LONG_NANOS)).isEqualTo(new LoopInput.Stop());
        assertThat(queue.poll(-5)).isEqualTo(new LoopInput.Core(edge(2)));
        assertThat(queue.poll(-5)).isNull();
        assertThat(queue.poll(1)).isNull();
    }

    @Test
    void sharpWaitDoesWhatIsToBeDoneMeanwhileOnceIfNothingComes() throws InterruptedException {
        InputQueue queue = new InputQueue(10);
        AtomicInteger rehearsals = new AtomicInteger();

        assertThat(queue.pollSharply(1_000, rehearsals::incrementAndGet)).isNull();
        assertThat(rehearsals).hasValue(1);
        queue.offerEdge(edge(1));
        assertThat(queue.pollSharply(LONG_NANOS, rehearsals::incrementAndGet)).isEqualTo(new LoopInput.Core(edge(1)));
        assertThat(rehearsals).as("an edge that waits is not kept waiting").hasValue(1);
        assertThat(queue.hasEdges()).isFalse();
    }

    @Test
    void edgeThatComesMeanwhileEndsTheSharpWait() throws InterruptedException {
        InputQueue queue = new InputQueue(10);

        assertThat(queue.pollSharply(200_000, () -> queue.offerEdge(edge(1)))).isEqualTo(new LoopInput.Core(edge(1)));
    }

    @Test
    void edgesWithoutRoomAreCountedAndTheOldestStay() throws InterruptedException {
        InputQueue queue = new InputQueue(2);
        for (int at = 1; at <= 5; at++) {
            queue.offerEdge(edge(at));
        }

        assertThat(queue.takeLost()).isEqualTo(3);
        assertThat(queue.takeLost()).as("told once").isZero();
        assertThat(queue.poll(0)).isEqualTo(new LoopInput.Core(edge(1)));
        queue.offerEdge(edge(6));
        assertThat(queue.takeLost()).as("there was room again").isZero();
        assertThat(queue.poll(0)).isEqualTo(new LoopInput.Core(edge(2)));
        assertThat(queue.poll(0)).isEqualTo(new LoopInput.Core(edge(6)));
        assertThat(queue.poll(0)).isNull();
    }

    @Test
    void othersFindRoomHoweverManyEdgesWait() throws InterruptedException {
        InputQueue queue = new InputQueue(1);
        queue.offerEdge(edge(1));
        queue.offerEdge(edge(2));
        queue.offer(new LoopInput.Core(new Input.Tick()));
        queue.offer(new LoopInput.Stop());

        assertThat(queue.takeLost()).isEqualTo(1);
        assertThat(queue.poll(0)).isEqualTo(new LoopInput.Core(edge(1)));
        assertThat(queue.poll(0)).isEqualTo(new LoopInput.Core(new Input.Tick()));
        queue.offerEdge(edge(3));
        assertThat(queue.takeLost()).as("only edges take an edge's room").isZero();
    }

    /** Whoever may ask for the log may not command the panel, and must not keep others from it. */
    @Test
    void floodOfRequestsForTheLogTakesNoCommandsRoom() throws InterruptedException {
        InputQueue queue = new InputQueue(1);
        LinkEvent request = new LinkEvent.Received(Incoming.text("reedgate/home/log/get", "{\"from\":1,\"to\":2}"));
        for (int i = 0; i < 1_000; i++) {
            queue.offer(request);
        }
        assertThat(queue.takeLostReceived()).isEqualTo(1_000 - InputQueue.MOST_REQUESTS);
        LinkEvent command = new LinkEvent.Received(Incoming.text("reedgate/home/panel/set", "DISARM"));
        for (int i = 0; i < InputQueue.MOST_RECEIVED; i++) {
            queue.offer(command);
        }
        assertThat(queue.takeLostReceived()).isZero();

        for (int i = 0; i < InputQueue.MOST_REQUESTS; i++) {
            assertThat(queue.poll(0)).isEqualTo(new LoopInput.Link(request));
        }
        queue.offer(request);
        assertThat(queue.takeLostReceived()).as("there was room again").isZero();
    }

    @Test
    void messagesOfOthersWithoutRoomAreCountedAndTakeNobodyElsesRoom() throws InterruptedException {
        InputQueue queue = new InputQueue(1);
        LinkEvent message = new LinkEvent.Received(Incoming.text("home/panel/set", "DISARM"));
        for (int i = 0; i < InputQueue.MOST_RECEIVED + 3; i++) {
            queue.offer(message);
        }
        LinkEvent end = new LinkEvent.WatermarkShown(1);
        queue.offer(end);
        queue.offerEdge(edge(1));

        assertThat(queue.takeLostReceived()).isEqualTo(3);
        assertThat(queue.takeLostReceived()).as("told once").isZero();
        assertThat(queue.takeLost()).isZero();
        for (int i = 0; i < InputQueue.MOST_RECEIVED; i++) {
            assertThat(queue.poll(0)).isEqualTo(new LoopInput.Link(message));
        }
        assertThat(queue.poll(0)).isEqualTo(new LoopInput.Link(end));
        assertThat(queue.poll(0)).isEqualTo(new LoopInput.Core(edge(1)));
        queue.offer(message);
        assertThat(queue.takeLostReceived()).as("there was room again").isZero();
    }

    @Test
    void everyEdgeOfManyThreadsIsTakenOrCounted() throws Exception {
        int threads = 4;
        int each = 20_000;
        InputQueue queue = new InputQueue(50);
        CountDownLatch go = new CountDownLatch(1);
        var pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                ends.add(pool.submit(() -> {
                    go.await();
                    for (int i = 0; i < each; i++) {
                        queue.offerEdge(edge(i));
                    }
                    return null;
                }));
            }
            go.countDown();
            long taken = 0;
            long lost = 0;
            while (!ends.stream().allMatch(Future::isDone)) {
                taken += queue.poll(100_000) == null ? 0 : 1;
                lost += queue.takeLost();
            }
            for (Future<?> end : ends) {
                end.get(1, TimeUnit.SECONDS);
            }
            while (queue.poll(0) != null) {
                taken++;
            }
            assertThat(taken + lost + queue.takeLost()).isEqualTo((long) threads * each);
        } finally {
            pool.shutdownNow();
        }
    }

    private static Input.Edge edge(long atNanos) {
        return new Input.Edge(0, Level.HIGH, atNanos);
    }
}
