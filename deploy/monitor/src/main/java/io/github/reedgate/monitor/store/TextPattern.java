package io.github.reedgate.monitor.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds a text within another, whatever the case of its letters, in SQL. SQLite folds the case of ASCII letters only, and PostgreSQL as
 * its locale says. So the pattern names each form of each letter, and both databases find the same. Stateless.
 */
final class TextPattern {

    /** No letter with two cases is above it. */
    private static final int HIGHEST = 0x1ffff;

    private TextPattern() {}

    /** The condition on a column, with a question mark for the {@link #of} of the same dialect. */
    static String condition(Dialect dialect, String column) {
        return column + (dialect == Dialect.SQLITE ? " GLOB ?" : " ~ ?");
    }

    /** The pattern of GLOB or of a regular expression that finds a text of one or more characters. */
    static String of(Dialect dialect, String text) {
        Map<Integer, TreeSet<Integer>> forms = new LinkedHashMap<>();
        text.codePoints()
                .forEach(each -> forms.computeIfAbsent(folded(each), fold -> new TreeSet<>())
                        .add(each));
        for (int each = 0; each <= HIGHEST; each++) {
            TreeSet<Integer> same = forms.get(folded(each));
            if (same != null) {
                same.add(each);
            }
        }
        StringBuilder pattern = new StringBuilder(dialect == Dialect.SQLITE ? "*" : "");
        text.codePoints().forEach(each -> {
            TreeSet<Integer> same = forms.getOrDefault(folded(each), new TreeSet<>());
            if (same.size() > 1) {
                pattern.append('[');
                same.forEach(pattern::appendCodePoint);
                pattern.append(']');
            } else {
                literal(pattern, dialect, each);
            }
        });
        return pattern.append(dialect == Dialect.SQLITE ? "*" : "").toString();
    }

    /** The same for all forms of a letter: also the three sigmas, and the sign for kelvin. */
    private static int folded(int each) {
        return Character.toLowerCase(Character.toUpperCase(each));
    }

    private static void literal(StringBuilder pattern, Dialect dialect, int each) {
        boolean isSpecial = dialect == Dialect.SQLITE ? "*?[".indexOf(each) >= 0 : "\\^$.|?*+()[]{}".indexOf(each) >= 0;
        if (!isSpecial) {
            pattern.appendCodePoint(each);
        } else if (dialect == Dialect.SQLITE) {
            pattern.append('[').appendCodePoint(each).append(']');
        } else {
            pattern.append('\\').appendCodePoint(each);
        }
    }
}
