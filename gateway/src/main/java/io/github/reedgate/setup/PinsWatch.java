package io.github.reedgate.setup;

import io.github.reedgate.line.LineEvent;
import io.github.reedgate.line.LineException;
import io.github.reedgate.line.LineSettings;
import io.github.reedgate.line.LineSource;
import io.github.reedgate.line.Pull;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Watches lines: requests what it can, then takes edges and reads levels whenever it is told to. Owned by one thread; edges
 * come in from others.
 */
public final class PinsWatch {

    /** How many edges may wait between two looks; further ones are counted and dropped. */
    static final int MOST_WAITING = 65_536;

    private final LineSource source;
    private final Queue<LineEvent> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();
    private final Map<Integer, LineActivity> watched = new TreeMap<>();
    private final Map<Integer, String> refused = new LinkedHashMap<>();

    /** Requests the lines; those that can't be had are in {@link #refused}. */
    public PinsWatch(LineSource source, List<Integer> lines, Pull pull) {
        this.source = source;
        for (int line : lines) {
            try {
                source.open(new LineSettings(line, pull), this::offer);
                watched.put(line, new LineActivity(line));
            } catch (LineException e) {
                refused.put(line, String.valueOf(e.getMessage()));
            }
        }
    }

    /** Runs on a thread of the library. */
    private void offer(LineEvent edge) {
        if (size.incrementAndGet() > MOST_WAITING) {
            size.decrementAndGet();
            dropped.incrementAndGet();
        } else {
            waiting.add(edge);
        }
    }

    /**
     * Takes the edges that came and reads all levels.
     *
     * @param nowNanos monotonic time
     * @return the movements that are over
     */
    public List<LineActivity.Moved> look(long nowNanos) {
        for (LineEvent edge = waiting.poll(); edge != null; edge = waiting.poll()) {
            size.decrementAndGet();
            LineActivity activity = watched.get(edge.offset());
            if (activity != null) {
                activity.edge(edge.level(), edge.atNanos());
            }
        }
        List<LineActivity.Moved> moved = new ArrayList<>();
        for (LineActivity activity : List.copyOf(watched.values())) {
            try {
                activity.read(source.read(activity.line()), nowNanos).ifPresent(moved::add);
            } catch (LineException e) {
                watched.remove(activity.line());
                refused.put(activity.line(), String.valueOf(e.getMessage()));
            }
        }
        return moved;
    }

    /** What each watched line did, by line. */
    public Map<Integer, LineActivity> watched() {
        return watched;
    }

    /** Why a line is not watched, by line. */
    public Map<Integer, String> refused() {
        return refused;
    }

    /** Edges that were not looked at, for too many came at once. */
    public int dropped() {
        return dropped.get();
    }
}
