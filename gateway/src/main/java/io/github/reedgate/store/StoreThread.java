package io.github.reedgate.store;

import io.github.reedgate.delivery.Journal;
import io.github.reedgate.delivery.LogSource;
import io.github.reedgate.delivery.Outbox;
import io.github.reedgate.event.Event;
import io.github.reedgate.event.SeqRange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches the disk. The loop thread hands over what is to be written and never waits; all that has
 * gathered goes to disk in one transaction with one fsync. {@link #turn} is one round of the thread's work; tests call it
 * themselves instead of {@link #start}.
 */
public final class StoreThread implements Journal, LogSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreThread.class);
    private static final long CLOSE_MILLIS = 5_000;

    private final ConcurrentLinkedQueue<StoreCommand> commands = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger removals = new AtomicInteger();
    private final AtomicLong turns = new AtomicLong();
    private final StoreWork work;
    private final Thread thread;
    private volatile boolean closing;
    private @Nullable List<StoreCommand> together;
    private boolean wanted;

    /**
     * A thread that is not started yet.
     *
     * @param opened the store, or null if it could not be opened so far
     * @param opener opens it later
     * @param listener told of everything on the store thread; must return at once
     * @param nanoTime the monotonic clock
     */
    public StoreThread(
            @Nullable EventStore opened, StoreOpener opener, Consumer<StoreEvent> listener, LongSupplier nanoTime) {
        this(new StoreWork(opened, opener, listener, nanoTime));
    }

    StoreThread(StoreWork work) {
        this.work = work;
        this.thread = new Thread(this::run, "store");
        thread.setDaemon(true);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    @Override
    public void keep(Event event) {
        want(new StoreCommand.Keep(event));
    }

    @Override
    public void correctClock(long boot, long wallMillisAtUptimeZero) {
        want(new StoreCommand.CorrectClock(boot, wallMillisAtUptimeZero));
    }

    @Override
    public void keepSnapshot(String document) {
        want(new StoreCommand.KeepSnapshot(document));
    }

    @Override
    public void keepNotice(long id, String document) {
        want(new StoreCommand.ChangeNotices(NoticeChange.adding(id, document)));
    }

    @Override
    public void forgetNotice(long id) {
        want(new StoreCommand.ChangeNotices(NoticeChange.removing(id)));
    }

    @Override
    public boolean confirm(long number) {
        want(new StoreCommand.Confirm(number));
        return false;
    }

    @Override
    public void begin() {
        if (together == null) {
            together = new ArrayList<>();
        }
    }

    @Override
    public void end() {
        List<StoreCommand> all = together;
        together = null;
        if (all != null && !all.isEmpty()) {
            commands.add(new StoreCommand.Together(all));
        }
    }

    void add(Outbox.Entry entry) {
        want(new StoreCommand.Add(entry));
    }

    void renumber(StoreCommand.Renumber renumber) {
        want(renumber);
    }

    void load(StoreCommand.Load load) {
        want(load);
    }

    /** Asks for events of the log; a {@link StoreEvent.Recalled} answers. */
    public void recall(StoreCommand.Recall recall) {
        want(recall);
    }

    @Override
    public void read(long request, SeqRange range, int limit) {
        want(new StoreCommand.ReadLog(request, range, limit));
    }

    @Override
    public void note(String name, String value) {
        want(new StoreCommand.Note(name, value));
    }

    private void want(StoreCommand command) {
        List<StoreCommand> all = together;
        if (all == null) {
            commands.add(command);
        } else {
            all.add(command);
        }
        wanted = true;
    }

    /** The first removal wakes the thread, so that it knows when to write, and then only very many do. */
    void remove(long id) {
        commands.add(new StoreCommand.Remove(id));
        int waiting = removals.incrementAndGet();
        wanted |= waiting == 1 || waiting % StoreWork.MOST_REMOVALS == 0;
    }

    @Override
    public void stepDone() {
        if (wanted) {
            wanted = false;
            LockSupport.unpark(thread);
        }
    }

    /** Has the thread complete a round, if there is work or not; for any thread. */
    public void wake() {
        LockSupport.unpark(thread);
    }

    /** How many rounds the thread has completed, those in which the disk failed, too; for any thread. */
    public long turns() {
        return turns.get();
    }

    /** Writes what is left and closes the store; waits for that, 5 s at most. */
    @Override
    public void close() {
        if (thread.getState() == Thread.State.NEW) {
            turn();
            work.end();
            return;
        }
        closing = true;
        LockSupport.unpark(thread);
        try {
            if (thread.isAlive() && !ended.await(CLOSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.warn("the store was not closed in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing) {
                long nanos = survive();
                turns.incrementAndGet();
                if (commands.isEmpty() && !closing) {
                    park(nanos);
                }
            }
            turn();
            work.end();
        } catch (RuntimeException | Error e) {
            LOG.error("the store failed at its end", e);
        } finally {
            ended.countDown();
        }
    }

    private void park(long nanos) {
        if (nanos == 0) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /** A round that fails is told like a failing disk; the thread goes on. */
    private long survive() {
        try {
            return turn();
        } catch (RuntimeException | Error e) {
            LOG.error("the store failed; it goes on", e);
            work.failed("the store failed: " + e);
            return StoreWork.RETRY.toNanos();
        }
    }

    /** Takes what has gathered, writes it and answers; returns in how many nanoseconds the next turn is due, 0 if none is. */
    long turn() {
        StoreCommand next = commands.poll();
        while (next != null) {
            work.take(next);
            next = commands.poll();
        }
        long nanos = work.settle();
        removals.set(work.removals());
        return nanos;
    }
}
