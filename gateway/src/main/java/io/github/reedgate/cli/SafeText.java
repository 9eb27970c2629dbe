package io.github.reedgate.cli;

import java.util.Locale;

/**
 * Makes text of unknown origin fit for one line of a terminal: control characters, escape sequences, direction overrides and
 * whatever else is not a visible character are written as an escape, and long text is cut with a count.
 */
public final class SafeText {

    private static final int MOST_MARKS = 2;

    private SafeText() {}

    /**
     * The text on one line.
     *
     * @param text anything, lone surrogates too
     * @param limit most characters shown, from 1; the number of those left out is told
     */
    public static String line(String text, int limit) {
        StringBuilder safe = new StringBuilder(Math.min(text.length(), limit) + 16);
        int at = 0;
        Marks marks = new Marks();
        for (int shown = 0; shown < limit && at < text.length(); shown++) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (marks.isFew(character) && isVisible(character)) {
                safe.appendCodePoint(character);
            } else {
                safe.append(escaped(character));
            }
        }
        int left = text.codePointCount(at, text.length());
        return left == 0 ? safe.toString() : safe + "… (+" + left + " more)";
    }

    /** True for what shows as itself and neither moves the cursor nor turns the direction of writing. */
    static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** The text with its line ends escaped, and all else as it is. */
    static String oneLine(String text) {
        return text.indexOf('\n') < 0 && text.indexOf('\r') < 0
                ? text
                : text.replace("\n", "\\n").replace("\r", "\\r");
    }

    /** Appends a character as JSON escapes it, so that it may also stand in a document of JSON. */
    static void escape(StringBuilder text, int character) {
        for (char unit : Character.toChars(character)) {
            text.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
        }
    }

    /** Counts marks: they are drawn over the character before them, and a pile of them covers the lines above. */
    static final class Marks {

        private int count;

        /** Takes the next character; false if it is one mark too many. */
        boolean isFew(int character) {
            int type = Character.getType(character);
            count = type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK ? count + 1 : 0;
            return count <= MOST_MARKS;
        }
    }

    private static String escaped(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case 0x1B -> "\\e";
            default -> String.format(Locale.ROOT, "\\u{%X}", character);
        };
    }
}
