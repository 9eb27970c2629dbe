package io.github.reedgate.line.pi4j;

import com.pi4j.io.gpio.digital.DigitalState;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Delays the edges of one line so that they are delivered as far apart as they happened. If a process stalls, it reads several
 * edges from the kernel at once; without a delay, an opening and a closing look like one bounce. An edge that is read in time has no
 * delay. All times are in nanoseconds. Owned by the line's thread, except for {@link #level()}; nothing survives a restart.
 */
final class EdgeReplay {

    /** An edge may be delivered this much closer to the one before it, so that a thread's wake-up time causes no delay. */
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /**
     * Edges that are further apart are delivered this far apart. The debouncer needs no more: EN 50131-1 asks that a change of
     * 400 ms be seen. The kernel stores 16 edges, so a stall delays the last of them by 6 s at most.
     */
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    /** If more edges wait, the oldest ones are due at once. No edge is dropped. */
    static final int CAPACITY = 1_000;

    private final ArrayDeque<Edge> waiting = new ArrayDeque<>();
    private @Nullable Edge newest;
    private @Nullable DigitalState delivered;
    private volatile @Nullable DigitalState level;

    private record Edge(DigitalState state, long kernelNanos, long dueNanos) {}

    /**
     * Adds an edge. Drops it if the edge before it led to the same level, as Pi4J's own input does.
     *
     * @param state the level after the edge
     * @param kernelNanos the kernel's time of the edge; only differences between edges are used, so any clock will do
     * @param nowNanos monotonic time at which the edge was read
     */
    void add(DigitalState state, long kernelNanos, long nowNanos) {
        Edge before = newest;
        if (before != null && before.state() == state) {
            return;
        }
        long dueNanos = nowNanos;
        if (before != null) {
            long wantedNanos = before.dueNanos() + distance(before.kernelNanos(), kernelNanos) - SLACK_NANOS;
            dueNanos = wantedNanos - nowNanos > 0 ? wantedNanos : nowNanos;
        }
        newest = new Edge(state, kernelNanos, dueNanos);
        waiting.add(newest);
        level = delivered;
    }

    /** On 32-bit ARM Pi4J multiplies the seconds in 32 bits, so only the lower half of a difference is right. */
    private static long distance(long fromNanos, long toNanos) {
        long nanos = toNanos - fromNanos;
        return Math.min(nanos < 0 ? nanos & 0xFFFF_FFFFL : nanos, LONGEST_NANOS);
    }

    /** Returns the time until the next edge is due, 0 if one is; empty if no edge waits. */
    OptionalLong untilDueNanos(long nowNanos) {
        Edge next = waiting.peek();
        return next == null ? OptionalLong.empty() : OptionalLong.of(Math.max(0, next.dueNanos() - nowNanos));
    }

    /** Removes the next edge and returns its level; null if no edge is due. The caller delivers it. */
    @Nullable
    DigitalState poll(long nowNanos) {
        Edge next = waiting.peek();
        if (next == null || (waiting.size() <= CAPACITY && next.dueNanos() - nowNanos > 0)) {
            return null;
        }
        waiting.remove();
        delivered = next.state();
        level = waiting.isEmpty() ? null : delivered;
        return delivered;
    }

    /** Drops all edges that wait. */
    void clear() {
        waiting.clear();
        level = null;
    }

    /**
     * Returns the level after the last delivered edge while other edges wait. A reading must not be newer than the edges, or
     * the line looks as if it told no edges. Returns null if no edge waits, or none was delivered yet: then the line itself has the
     * level. Any thread.
     */
    @Nullable
    DigitalState level() {
        return level;
    }
}
