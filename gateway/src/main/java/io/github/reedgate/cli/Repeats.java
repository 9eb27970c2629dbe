package io.github.reedgate.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints lines of which some repeat others: of those that say the same more than three times, the first two, and how many
 * follow. Immutable.
 *
 * @param lines in the order of their times
 */
record Repeats(List<ExplainedLine> lines) {

    private static final int MOST = 3;
    private static final int SHOWN = 2;

    /** The column in which the texts begin, see {@link ExplainedLine#text}. */
    private static final int INDENT = 29;

    void print(PrintWriter out) {
        Map<String, Integer> all = new HashMap<>();
        Map<String, String> last = new HashMap<>();
        lines.forEach(line -> {
            all.merge(line.kind(), 1, Integer::sum);
            last.put(line.kind(), line.time());
        });
        Map<String, Integer> soFar = new HashMap<>();
        for (ExplainedLine line : lines) {
            int count = all.getOrDefault(line.kind(), 0);
            int number = soFar.merge(line.kind(), 1, Integer::sum);
            if (count <= MOST || number < SHOWN) {
                Folded.print(out, line.text(), INDENT);
            } else if (number == SHOWN) {
                Folded.print(
                        out,
                        line.text() + ", and " + (count - SHOWN) + " more like it until " + last.get(line.kind()),
                        INDENT);
            }
        }
    }
}
