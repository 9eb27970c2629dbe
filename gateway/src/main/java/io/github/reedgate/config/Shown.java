package io.github.reedgate.config;

/** Text from the file made fit for a message: short, on one line, without control characters. */
final class Shown {

    private static final int MAX_CHARS = 60;

    private Shown() {}

    /** The text, its control characters as {@code \\u001b}, cut with {@code …} after 60 characters. */
    static String value(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(MAX_CHARS).forEach(c -> append(shown, c));
        if (text.codePointCount(0, text.length()) > MAX_CHARS) {
            shown.append('…');
        }
        return shown.toString();
    }

    private static void append(StringBuilder shown, int codePoint) {
        if (isPlain(codePoint)) {
            shown.appendCodePoint(codePoint);
        } else {
            shown.append(String.format("\\u%04x", codePoint));
        }
    }

    /** False for control and format characters, line separators, surrogates without a partner and unassigned ones. */
    static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
