package io.github.reedgate.line.pi4j;

import com.pi4j.io.gpio.digital.DigitalState;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The edges of a line that were heard and are not told yet: each is told as long behind the one before it as the kernel saw it
 * behind that one. So edges that are heard together after the process stood still don't look like one bounce. An edge that is
 * heard in time is told at once. Times are monotonic nanoseconds. Owned by one thread, but for {@link #shown()}.
 */
final class HeldEdges {

    /** So much an edge may come closer to the one before it, so that it is not held for what a thread needs to wake up. */
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /**
     * Edges that the kernel saw further apart are told so far apart: a contact is decided upon by then, since EN 50131-1 asks that a
     * change of 400 ms be seen. So what is told last is late by 6 s at most, for the kernel keeps 16 edges.
     */
    private static final long FURTHEST_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    /** With more than that, edges are told without a pause; the kernel itself keeps 16 of a line. */
    private static final int MOST = 1_000;

    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private @Nullable Held last;
    private volatile @Nullable DigitalState shown;

    private record Held(DigitalState state, long kernelNanos, long dueNanos) {}

    /**
     * Takes an edge. One to the level that the line had by the edge before it is dropped, as Pi4J does.
     *
     * @param state the level after it
     * @param kernelNanos when the kernel saw it, by any clock
     * @param nowNanos when it is heard
     */
    void add(DigitalState state, long kernelNanos, long nowNanos) {
        Held before = last;
        if (before != null && before.state() == state) {
            return;
        }
        long dueNanos = nowNanos;
        if (before != null && held.size() < MOST) {
            long wantedNanos = before.dueNanos() + distance(before.kernelNanos(), kernelNanos) - SLACK_NANOS;
            dueNanos = wantedNanos - nowNanos > 0 ? wantedNanos : nowNanos;
        }
        last = new Held(state, kernelNanos, dueNanos);
        held.add(last);
    }

    /** On 32-bit ARM Pi4J multiplies the seconds in 32 bits: the lower half of a difference is right there. */
    private static long distance(long fromNanos, long toNanos) {
        long nanos = toNanos - fromNanos;
        return Math.min(nanos < 0 ? nanos & 0xFFFF_FFFFL : nanos, FURTHEST_NANOS);
    }

    /** How long it is until the next one is due: 0 if it is, empty if there is none. */
    OptionalLong waitNanos(long nowNanos) {
        Held next = held.peek();
        return next == null ? OptionalLong.empty() : OptionalLong.of(Math.max(0, next.dueNanos() - nowNanos));
    }

    /** Takes out the next one if it is due; null if there is none. */
    @Nullable
    DigitalState take(long nowNanos) {
        Held next = held.peek();
        if (next == null || next.dueNanos() - nowNanos > 0) {
            return null;
        }
        held.remove();
        shown = held.isEmpty() ? null : next.state();
        return next.state();
    }

    /** Forgets all of them. */
    void clear() {
        held.clear();
        shown = null;
    }

    /** The level by what was told so far, if it was not told to its end; null if the line itself has to be asked. Any thread. */
    @Nullable
    DigitalState shown() {
        return shown;
    }
}
