package io.github.reedgate.monitor.app;

import io.github.reedgate.monitor.record.OwnEvent;
import io.github.reedgate.monitor.supervision.SupervisionInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What waits for the supervision's thread, in its order. Messages of the broker are bounded: from {@link #MOST_MESSAGES} or
 * {@link #MOST_BYTES} on there is no room, so that the connection is ended; from twice as much on none is taken any more, and
 * whoever is refused must not acknowledge. So nothing is ever left out: the broker sends it again. What the monitor's own parts
 * hand in is few and not bounded. Safe for use by any thread.
 */
final class SupervisionInputs {

    /** From so many messages on there is no room. */
    static final int MOST_MESSAGES = 10_000;

    /** From so many bytes of payload on there is no room. */
    static final long MOST_BYTES = 8L << 20;

    private final LinkedBlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
    private final Runnable whenFull;
    // guarded by this
    private int messages;
    private long bytes;
    private boolean full;
    private boolean refusing;
    private boolean mustEnd;
    private long refused;
    private long timesFull;

    /** Something that waits. */
    sealed interface Entry {

        /** For the supervision itself. */
        record Input(SupervisionInput input, int bytes, boolean isMessage) implements Entry {}

        /** For the thread. */
        record Order(Runnable work) implements Entry {}
    }

    /**
     * An empty one.
     *
     * @param whenFull called each time the bound is reached, by the thread that handed a message in
     */
    SupervisionInputs(Runnable whenFull) {
        this.whenFull = whenFull;
    }

    /** The event that says that the bound was reached. */
    static OwnEvent overflow(Instant now) {
        String message = "The supervision is behind: " + MOST_MESSAGES + " messages or " + MOST_BYTES
                + " bytes wait. The connection is ended until they are worked off, and the broker sends the others again";
        return new OwnEvent(OwnEvent.Type.OVERFLOW, null, message, Map.of(), now.toEpochMilli());
    }

    /**
     * Takes something that a message said.
     *
     * @param bytes length of the message's payload
     * @return false if it is refused; then so is each further message of the connection
     */
    boolean offer(SupervisionInput input, int bytes) {
        boolean becameFull;
        synchronized (this) {
            refusing |= messages >= 2 * MOST_MESSAGES || this.bytes >= 2 * MOST_BYTES;
            mustEnd |= refusing;
            if (refusing) {
                refused++;
                return false;
            }
            messages++;
            this.bytes += bytes;
            becameFull = !full && (messages >= MOST_MESSAGES || this.bytes >= MOST_BYTES);
            full |= becameFull;
            timesFull += becameFull ? 1 : 0;
            entries.add(new Entry.Input(input, bytes, true));
        }
        if (becameFull) {
            whenFull.run();
        }
        return true;
    }

    /** Takes something else that happened. */
    void add(SupervisionInput input) {
        entries.add(new Entry.Input(input, 0, false));
    }

    /** Takes work for the thread. */
    void add(Runnable work) {
        entries.add(new Entry.Order(work));
    }

    /** A connection begins: its messages are taken again. */
    synchronized void connected() {
        refusing = false;
    }

    /** The connection ended, and with it what was refused. */
    synchronized void disconnected() {
        mustEnd = false;
    }

    /** False while no connection should be there; once the bound was reached, until half of it is worked off. */
    synchronized boolean hasRoom() {
        return !full && !mustEnd;
    }

    /** How many messages wait. */
    synchronized int waiting() {
        return messages;
    }

    /** How many messages were refused. */
    synchronized long refused() {
        return refused;
    }

    /** How often the bound was reached. */
    synchronized long timesFull() {
        return timesFull;
    }

    /** All that waits; blocks until there is something, at most so long. */
    List<Entry> take(Duration wait) throws InterruptedException {
        List<Entry> taken = new ArrayList<>();
        Entry first = entries.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            taken.add(first);
            entries.drainTo(taken);
            workedOff(taken);
        }
        return taken;
    }

    private synchronized void workedOff(List<Entry> taken) {
        for (Entry entry : taken) {
            if (entry instanceof Entry.Input input && input.isMessage()) {
                messages--;
                bytes -= input.bytes();
            }
        }
        full &= messages >= MOST_MESSAGES / 2 || bytes >= MOST_BYTES / 2;
    }
}
