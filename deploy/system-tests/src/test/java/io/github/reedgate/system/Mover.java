package io.github.reedgate.system;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens and closes the doors of one gateway process in turn, at an even pace, on a thread of its own. The doors are {@code
 * door_0}, {@code door_1} and so on, all closed in the beginning. Safe for use by any thread.
 */
final class Mover implements AutoCloseable {

    private final SimWire sim;
    private final boolean[] open; // guarded by this
    private final List<Long> doneNanos = new ArrayList<>(); // guarded by this
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

    /** For the doors of the gateway process behind this connection. */
    Mover(SimWire sim, int doors) {
        this.sim = sim;
        this.open = new boolean[doors];
    }

    /**
     * Begins to move.
     *
     * @param gap from one move to the next; a door moves after so many gaps as there are doors
     * @param count how many moves
     * @return complete when all are made or the gateway ended, failed if a move was refused; completing it ends the moves
     */
    CompletableFuture<Void> begin(Duration gap, int count) {
        CompletableFuture<Void> all = new CompletableFuture<>();
        int end = done() + count;
        Future<?> moves = thread.scheduleWithFixedDelay(
                () -> {
                    if (done() >= end || !move(all)) {
                        all.complete(null);
                    }
                },
                0,
                gap.toNanos(),
                TimeUnit.NANOSECONDS);
        var unused = all.whenComplete((nothing, failure) -> moves.cancel(false));
        return all;
    }

    /** Makes one move; returns false if the gateway has ended. */
    private boolean move(CompletableFuture<Void> all) {
        try {
            int door = done() % open.length;
            sim.ask((word(door).equals("open") ? "close" : "open") + " door_" + door + " clean");
            synchronized (this) {
                open[door] = !open[door];
                doneNanos.add(System.nanoTime());
            }
            return true;
        } catch (AssertionError e) {
            all.completeExceptionally(e);
            return true;
        } catch (IOException e) {
            return false; // it was killed: that is what is tested
        }
    }

    /** Waits for the end of {@link #begin}. */
    static void await(CompletableFuture<Void> moves, Duration limit) {
        try {
            moves.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the doors were not moved", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** How many moves were made. */
    synchronized int done() {
        return doneNanos.size();
    }

    /** How many moves were made before that moment on the monotonic clock. */
    synchronized long doneBefore(long nanos) {
        return doneNanos.stream().filter(done -> done - nanos < 0).count();
    }

    /** The state word that this door must have in the end. */
    synchronized String word(int door) {
        return open[door] ? "open" : "closed";
    }

    /** Moves no more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
