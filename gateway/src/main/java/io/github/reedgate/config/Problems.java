package io.github.reedgate.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Collects everything that is wrong with one file. Owned by one reading; not for use by several threads. */
final class Problems {

    private final String file;
    private final List<Problem> found = new ArrayList<>();
    private boolean mayPass;

    /** None yet, about the file as it was named. */
    Problems(String file) {
        this.file = file;
    }

    /** Something about the file as a whole. */
    void add(String text) {
        found.add(new Problem(file, 0, 0, text));
    }

    /** The system failed to read the file, which may succeed the next time. */
    void addPassing(String text) {
        add(text);
        mayPass = true;
    }

    /** Something at a place of the file; 1-based. */
    void add(int line, int column, String text) {
        found.add(new Problem(file, line, column, text));
    }

    /** Something at a mark of the YAML reader. */
    void add(Mark mark, String text) {
        add(mark.getLine() + 1, mark.getColumn() + 1, text);
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** All of them as one exception, sorted by place. */
    ConfigException asException() {
        List<Problem> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        return new ConfigException(sorted, mayPass);
    }
}
