package io.github.reedgate.app;

import io.github.reedgate.core.Input;
import io.github.reedgate.link.LinkEvent;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The one queue in front of the loop. Edges, and messages that others sent, are bounded and
 * counted when they find no room; everything else is bounded by
 * its source (the window of unacknowledged messages, the number of control connections). Safe for use by any thread.
 */
final class InputQueue {

    /**
     * How much earlier than asked the system is told to wake a waiting thread: it does so a tenth of a millisecond late or
     * more, and then there is work to do, which must be over in time.
     */
    private static final long EARLY_NANOS = 600_000;

    /** How many messages that somebody sent to the gateway may wait: far more than people send. */
    static final int MOST_RECEIVED = 32;

    /** How many requests for the log may wait, beside those messages: more than are answered. They take no command's place. */
    static final int MOST_REQUESTS = 8;

    private static final String REQUEST = "/log/get";

    private static final Duration HEAD_START = Duration.ofMillis(1);

    private final LinkedBlockingQueue<LoopInput> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger edges = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong lostReceived = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final int edgeCapacity;
    private final long headStartNanos;

    /**
     * An empty queue.
     *
     * @param edgeCapacity how many edges may wait
     */
    InputQueue(int edgeCapacity) {
        this(edgeCapacity, HEAD_START);
    }

    /** The same with another time for {@link #giveWay}; none where time is virtual. */
    InputQueue(int edgeCapacity, Duration headStart) {
        this.edgeCapacity = edgeCapacity;
        this.headStartNanos = headStart.toNanos();
    }

    /** Adds an edge, or counts it as lost if too many wait. Never blocks. */
    void offerEdge(Input.Edge edge) {
        if (edges.incrementAndGet() > edgeCapacity) {
            edges.decrementAndGet();
            lost.incrementAndGet();
            return;
        }
        try {
            queue.add(new LoopInput.Core(edge));
        } catch (RuntimeException
                | Error e) { // no memory: it must not count as one that waits, or the count stays for ever
            edges.decrementAndGet();
            lost.incrementAndGet();
            throw e;
        }
    }

    /** Adds what the connection tells; counts a message that somebody sent as lost if too many wait. Never blocks. */
    void offer(LinkEvent event) {
        if (event instanceof LinkEvent.Received message) {
            boolean isRequest = isRequest(message);
            AtomicInteger waiting = isRequest ? requests : received;
            if (waiting.incrementAndGet() > (isRequest ? MOST_REQUESTS : MOST_RECEIVED)) {
                waiting.decrementAndGet();
                lostReceived.incrementAndGet();
                return;
            }
        }
        queue.add(new LoopInput.Link(event));
    }

    private static boolean isRequest(LinkEvent.Received message) {
        return message.message().topic().endsWith(REQUEST);
    }

    /** Adds anything else. Never blocks. */
    void offer(LoopInput input) {
        queue.add(input);
    }

    /** Takes the next input, waiting {@code nanos} at most; null if none came. */
    @Nullable
    LoopInput poll(long nanos) throws InterruptedException {
        return taken(await(nanos));
    }

    /**
     * The same, but back in time to the microsecond, at the price of half a millisecond's work. Otherwise the system
     * wakes the thread a tenth of a millisecond late.
     *
     * @param meanwhile done shortly before the time is over, if nothing came by then
     */
    @Nullable
    LoopInput pollSharply(long nanos, Runnable meanwhile) throws InterruptedException {
        long endNanos = System.nanoTime() + nanos;
        LoopInput input = await(nanos - EARLY_NANOS);
        if (input == null) {
            meanwhile.run();
            do {
                Thread.onSpinWait();
                input = queue.poll();
            } while (input == null && System.nanoTime() - endNanos < 0);
        }
        return taken(input);
    }

    /**
     * Leaves the processor to others for a millisecond, while inputs gather. Whatever carries an alarm that has
     * just been handed over, in this process and in others, need not wait for a processor that makes the messages behind it.
     */
    void giveWay() {
        LockSupport.parkNanos(headStartNanos);
    }

    private @Nullable LoopInput await(long nanos) throws InterruptedException {
        return nanos <= 0 ? queue.poll() : queue.poll(nanos, TimeUnit.NANOSECONDS);
    }

    private @Nullable LoopInput taken(@Nullable LoopInput input) {
        if (input instanceof LoopInput.Core core && core.input() instanceof Input.Edge) {
            edges.decrementAndGet();
        } else if (input instanceof LoopInput.Link link && link.event() instanceof LinkEvent.Received message) {
            (isRequest(message) ? requests : received).decrementAndGet();
        }
        return input;
    }

    /** Takes the next input if it is an answer of the broker to a message and has come already, else null. */
    @Nullable
    LoopInput pollAnswer() {
        return queue.peek() instanceof LoopInput.Link link && link.event() instanceof LinkEvent.Published
                ? queue.poll()
                : null;
    }

    /** True if an edge waits. */
    boolean hasEdges() {
        return edges.get() > 0;
    }

    /** How many messages that somebody sent were lost since the last call. */
    long takeLostReceived() {
        return lostReceived.get() == 0 ? 0 : lostReceived.getAndSet(0);
    }

    /** How many edges were lost since the last call. */
    long takeLost() {
        return lost.get() == 0 ? 0 : lost.getAndSet(0);
    }
}
