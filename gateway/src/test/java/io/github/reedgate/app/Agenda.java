package io.github.reedgate.app;

import io.github.reedgate.time.SettableTime;
import java.time.Duration;
import java.util.PriorityQueue;

/** What is to happen in virtual time, in the order of time; of the same time, what was planned first. Used by one thread. */
final class Agenda {

    private final SettableTime time;
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long planned;

    Agenda(SettableTime time) {
        this.time = time;
    }

    /** Something that happens at a time. */
    private record Entry(long atNanos, long number, Runnable action) implements Comparable<Entry> {

        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    /** Plans something for so long from now. */
    void in(Duration wait, Runnable action) {
        at(time.now().monotonicNanos() + wait.toNanos(), action);
    }

    /** Plans something for a time on the monotonic clock. */
    void at(long nanos, Runnable action) {
        entries.add(new Entry(nanos, planned++, action));
    }

    /** When the next is due; {@link Long#MAX_VALUE} if nothing is planned. */
    long nextNanos() {
        Entry next = entries.peek();
        return next == null ? Long.MAX_VALUE : next.atNanos();
    }

    /** Does the next if it is due; returns false if none is. */
    boolean doNext() {
        if (nextNanos() > time.now().monotonicNanos()) {
            return false;
        }
        entries.remove().action().run();
        return true;
    }
}
