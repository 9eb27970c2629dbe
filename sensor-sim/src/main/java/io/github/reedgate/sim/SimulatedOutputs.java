package io.github.reedgate.sim;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Lines that are outputs, and the level that somebody gave them. Safe for use by any thread. */
public final class SimulatedOutputs {

    private final Map<Integer, LineLevel> levels = new ConcurrentHashMap<>();

    /** None yet. */
    public SimulatedOutputs() {}

    /**
     * Gives a line a level.
     *
     * @param offset the line's offset
     */
    public void set(int offset, LineLevel level) {
        levels.put(offset, level);
    }

    /** The levels by offset, the lowest offset first; a copy. */
    public Map<Integer, LineLevel> levels() {
        return new TreeMap<>(levels);
    }

    /** One of them as a JSON object on one line. */
    public static String json(int offset, LineLevel level) {
        return "{\"output\":true,\"line\":" + offset + ",\"level\":\"" + word(level) + "\"}";
    }

    /** One of them as a row of a table whose columns are those of {@link SwitchStatus#header}. */
    public static String row(int offset, LineLevel level) {
        return String.format(Locale.ROOT, "%-32s %4d  %-8s  %-5s", "(output)", offset, "", word(level));
    }

    private static String word(LineLevel level) {
        return level.name().toLowerCase(Locale.ROOT);
    }
}
