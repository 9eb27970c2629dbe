package io.github.reedgate.config;

/** Text from the file made fit for a message: short, on one line, without control characters. */
final class Shown {

    private static final int MAX_CHARS = 60;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

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

    /**
     * False for control and invisible format characters, line separators, halves of surrogate pairs and noncharacters; true
     * for the joiners that some scripts and emoji are written with.
     */
    static boolean isPlain(int codePoint) {
        if (codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER) {
            return true;
        }
        boolean nonCharacter = (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
        return !nonCharacter
                && switch (Character.getType(codePoint)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE -> false;
                    default -> true;
                };
    }
}
