package io.github.reedgate.line;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Output lines whose troubles the test sets. Used by one thread. */
public final class FakeSink implements LineSink {

    private final Map<Integer, Level> levels = new HashMap<>();
    private final Map<Integer, String> refused = new HashMap<>();
    private final Map<Integer, RuntimeException> broken = new HashMap<>();
    private final List<String> calls = new ArrayList<>();

    @Override
    public void open(int offset, Level rest) throws LineException {
        calls.add("open " + offset + " " + rest);
        String reason = refused.get(offset);
        if (reason != null) {
            throw new LineException(reason);
        }
        levels.put(offset, rest);
    }

    @Override
    public void write(int offset, Level level) throws LineException {
        calls.add("write " + offset + " " + level);
        RuntimeException defect = broken.get(offset);
        if (defect != null) {
            throw defect;
        }
        String reason = refused.get(offset);
        if (reason != null) {
            throw new LineException(reason);
        }
        levels.put(offset, level);
    }

    @Override
    public void close() {
        calls.add("close");
    }

    /** From now on a line can't be opened or switched; an empty reason heals it. */
    public void refuse(int offset, String reason) {
        if (reason.isEmpty()) {
            refused.remove(offset);
        } else {
            refused.put(offset, reason);
        }
    }

    /** From now on switching a line throws what no line sink should. */
    public void breakDown(int offset, RuntimeException defect) {
        broken.put(offset, defect);
    }

    /** All calls in order. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** The levels by offset. */
    public Map<Integer, Level> levels() {
        return Map.copyOf(levels);
    }
}
