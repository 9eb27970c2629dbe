package io.github.reedgate.cli;

import java.io.PrintWriter;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folds text for people into lines that fit the terminal. A line breaks at a blank; a word that is longer than a line breaks
 * where the line ends, so that nothing is cut. The lines after the first are indented. Stateless.
 */
final class Folded {

    /** No terminal is narrower than this to us: a folded line has at least so many columns. */
    static final int NARROWEST = 20;

    /** A row whose last column begins behind the width divided by this has its following lines indented by a few columns only. */
    static final int MOST_INDENTS = 2;

    /** A style of {@link Printer#painted}, which takes no column. */
    private static final Pattern STYLE = Pattern.compile("\u001B\\[[0-9;]*m");

    private static final int ROW_INDENT = 6;

    private static final Pattern WORD = Pattern.compile(" +|[^ ]+");

    private Folded() {}

    /**
     * A table for people.
     *
     * @param rows cells; each row has as many
     * @param columns columns of the terminal; {@link Integer#MAX_VALUE} if there is no limit
     * @return lines with the cells below each other if they fit; else each row by itself, its cells behind each other
     */
    static List<String> table(List<List<String>> rows, int columns) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(" ");
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream()
                        .mapToInt(other -> width(other.get(at)))
                        .max()
                        .orElse(0);
                line.append(' ').append(row.get(column)).append(" ".repeat(width - width(row.get(column)) + 1));
            }
            lines.add(line.toString().stripTrailing());
        }
        if (lines.stream().allMatch(line -> width(line) <= columns)) {
            return lines;
        }
        return rows.stream()
                .map(row -> "  "
                        + String.join(
                                "  ",
                                row.stream().filter(cell -> !cell.isEmpty()).toList()))
                .flatMap(line -> lines(line, columns, ROW_INDENT).stream())
                .toList();
    }

    /**
     * Prints a line that has no control sequences, folded to the width of where it goes.
     *
     * @param indent columns before each line but the first; less if that left too little room
     */
    static void print(PrintWriter out, String line, int indent) {
        lines(line, Printer.columns(out), indent).forEach(out::println);
    }

    /**
     * The lines of a text.
     *
     * @param text one line, perhaps with styles
     * @param columns columns of the terminal; {@link Integer#MAX_VALUE} if there is no limit
     * @param indent columns before each line but the first; at most half of {@code columns}
     * @return at least one line
     */
    static List<String> lines(String text, int columns, int indent) {
        int width = Math.max(NARROWEST, columns);
        if (width(text) <= width) {
            return List.of(text);
        }
        Folding folding = new Folding(width, " ".repeat(Math.min(indent, width / 2)));
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            folding.add(words.group());
        }
        return folding.end();
    }

    /** How many columns of a terminal a text takes: styles and combining marks none, characters of East Asia and emoji two. */
    static int width(String text) {
        return STYLE.matcher(text)
                .replaceAll("")
                .codePoints()
                .map(Folded::width)
                .sum();
    }

    private static int width(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        if (character < 0x1100) {
            return 1;
        }
        boolean isWide = switch (UnicodeScript.of(character)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO, YI -> true;
            default ->
                (character >= 0x3000 && character <= 0x303F)
                        || (character >= 0xFF01 && character <= 0xFF60)
                        || (character >= 0x1F300 && character <= 0x1FAFF);
        };
        return isWide ? 2 : 1;
    }

    /** Collects words into lines. Lives for one text. */
    private static final class Folding {

        private final int width;
        private final String indent;
        private final List<String> lines = new ArrayList<>();
        private StringBuilder line = new StringBuilder();
        private int used;
        private String gap = "";
        private boolean isFresh = true;

        Folding(int width, String indent) {
            this.width = width;
            this.indent = indent;
        }

        void add(String word) {
            if (word.isBlank()) {
                gap = word;
                return;
            }
            int columns = Folded.width(word);
            if (!isFresh && used + gap.length() + columns > width) {
                next();
            }
            boolean isFirst = lines.isEmpty() || !isFresh;
            String before = isFirst ? gap : "";
            line.append(before);
            used += before.length();
            gap = "";
            isFresh = false;
            if (used + columns <= width) {
                line.append(word);
                used += columns;
            } else {
                broken(word);
            }
        }

        /** A word that no line has room for. Its styles are lost: a style must not be cut in two. */
        private void broken(String word) {
            for (int character : STYLE.matcher(word).replaceAll("").codePoints().toArray()) {
                int columns = Folded.width(character);
                if (used + columns > width) {
                    next();
                }
                isFresh = false;
                line.appendCodePoint(character);
                used += columns;
            }
        }

        private void next() {
            lines.add(line.toString());
            line = new StringBuilder(indent);
            used = indent.length();
            gap = "";
            isFresh = true;
        }

        List<String> end() {
            lines.add(line.toString());
            return lines;
        }
    }
}
