package io.github.reedgate.system;

import java.util.BitSet;

/** Counts events with the numbers from 1 to a last one as they arrive. Safe for use by any thread. */
final class Tally {

    private final int last;
    private final BitSet seen = new BitSet();
    private int highest;
    private int repeated;
    private int late;

    /** Nothing has arrived of the events up to that number; others are ignored. */
    Tally(int last) {
        this.last = last;
    }

    /** Takes in the number of an event that arrived. */
    synchronized void take(int seq) {
        if (seq < 1 || seq > last) {
            return;
        }
        if (seen.get(seq)) {
            repeated++;
        } else if (seq < highest) {
            late++;
        }
        seen.set(seq);
        highest = Math.max(highest, seq);
    }

    /** How many different events arrived. */
    synchronized int size() {
        return seen.cardinality();
    }

    /** How many came again. */
    synchronized int repeated() {
        return repeated;
    }

    /** How many came for the first time behind one with a higher number. */
    synchronized int late() {
        return late;
    }
}
