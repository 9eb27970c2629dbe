package io.github.reedgate.app;

import io.github.reedgate.core.GatewayState;
import io.github.reedgate.service.LifeSigns;
import io.github.reedgate.store.StoreEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the loop leaves behind for whoever watches over it: how much it has done, and now and then how things are. Written by
 * the loop thread, read by the thread that watches.
 */
final class Pulse {

    private final List<String> sensors;
    private final AtomicLong turns = new AtomicLong();
    private final AtomicLong failedTurns = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final CountDownLatch sensing = new CountDownLatch(1);
    private volatile boolean wanted = true;
    private volatile boolean keeps = true;
    private volatile boolean works;
    private volatile String status = "";

    /**
     * A pulse before the first beat.
     *
     * @param sensors the ids of all sensors, in the order of the core's state
     */
    Pulse(List<String> sensors) {
        this.sensors = List.copyOf(sensors);
    }

    /** The loop: a line was read, or said that it can't be. */
    void read() {
        reads.incrementAndGet();
    }

    /** The loop: a turn is over; {@code clean} unless something was thrown in it. */
    void turned(boolean clean, GatewayState state, boolean connected, int waiting) {
        if (clean) {
            turns.incrementAndGet();
        } else {
            failedTurns.incrementAndGet();
        }
        if (wanted) {
            wanted = false;
            works = connected
                    && state.startTold()
                    && state.sensors().stream()
                            .allMatch(sensor -> sensor.trust().unreadable() == null);
            status = StatusLine.of(sensors, state.sensors(), connected, waiting);
        }
        if (state.startTold() && sensing.getCount() > 0) {
            status = StatusLine.of(sensors, state.sensors(), connected, waiting);
            sensing.countDown();
        }
    }

    /** The loop: the store said something; returns true if it can be written again. */
    boolean store(StoreEvent event) {
        boolean isBack = event instanceof StoreEvent.Recovered;
        keeps = isBack || (keeps && !(event instanceof StoreEvent.Failed));
        return isBack;
    }

    /**
     * True if all sensors could be read, the broker was connected and the store could be written a short while ago; false before the first
     * round. The next round of the loop brings the answer up to date.
     */
    boolean isWorking() {
        wanted = true;
        return works && keeps;
    }

    /** Waits until every sensor was looked at for the first time; returns false if that takes longer than this. */
    boolean awaitSensing(Duration limit) throws InterruptedException {
        return sensing.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How things were a short while ago; empty before the first turn. The next turn brings it up to date. */
    String status() {
        wanted = true;
        return status;
    }

    /** What was done so far; the store's part is told by the store. */
    LifeSigns signs(long storeTurns) {
        return new LifeSigns(turns.get(), failedTurns.get(), reads.get(), storeTurns);
    }
}
