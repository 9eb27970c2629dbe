package io.github.reedgate.line;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Lines whose levels and troubles the test sets; all begin low. Used by one thread. */
public final class FakeLines implements LineSource {

    private final Map<Integer, Level> levels = new HashMap<>();
    private final Map<Integer, Consumer<LineEvent>> opened = new HashMap<>();
    private final Map<Integer, String> unopenable = new HashMap<>();
    private final Map<Integer, RuntimeException> broken = new HashMap<>();
    private final List<Integer> openings = new ArrayList<>();
    private final List<Integer> readings = new ArrayList<>();
    private final FakeSink sink = new FakeSink();
    private boolean closed;

    @Override
    public void open(LineSettings settings, Consumer<LineEvent> edges) throws LineException {
        openings.add(settings.offset());
        String reason = unopenable.get(settings.offset());
        if (reason != null) {
            throw new LineException(reason);
        }
        opened.put(settings.offset(), edges);
    }

    @Override
    public Level read(int offset) throws LineException {
        RuntimeException defect = broken.get(offset);
        if (defect != null) {
            throw defect;
        }
        if (!opened.containsKey(offset)) {
            throw new LineException("line " + offset + " is not open");
        }
        readings.add(offset);
        return level(offset);
    }

    @Override
    public FakeSink sink() {
        return sink;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Changes a level, with an edge. */
    public void edge(int offset, Level level, long atNanos) {
        levels.put(offset, level);
        Consumer<LineEvent> edges = opened.get(offset);
        if (edges != null) {
            edges.accept(new LineEvent(offset, level, atNanos));
        }
    }

    /** Changes a level without an edge. */
    public void level(int offset, Level level) {
        levels.put(offset, level);
    }

    /** The level now. */
    public Level level(int offset) {
        return levels.getOrDefault(offset, Level.LOW);
    }

    /** From now on a line can't be opened; an empty reason heals it. */
    public void refuse(int offset, String reason) {
        if (reason.isEmpty()) {
            unopenable.remove(offset);
        } else {
            unopenable.put(offset, reason);
        }
    }

    /** From now on reading a line throws what no line source should. */
    public void breakDown(int offset, RuntimeException defect) {
        broken.put(offset, defect);
    }

    /** A line is sound again. */
    public void repair(int offset) {
        broken.remove(offset);
    }

    /** Offsets of all attempts to open, in order. */
    public List<Integer> openings() {
        return List.copyOf(openings);
    }

    /** Offsets of all successful readings, in order. */
    public List<Integer> readings() {
        return List.copyOf(readings);
    }

    /** True once closed. */
    public boolean isClosed() {
        return closed;
    }
}
