package io.github.reedgate.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts how many columns of a terminal a text takes: two for a wide character such as an ideograph or an emoji, none for a mark
 * on the character before, one for any other. Stateless.
 */
final class Columns {

    /** First and last code points of the wide characters, by Unicode's East Asian Width (W and F) and emoji. */
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x231A, 0x231B},
        {0x2329, 0x232A},
        {0x23E9, 0x23EC},
        {0x23F0, 0x23F0},
        {0x23F3, 0x23F3},
        {0x25FD, 0x25FE},
        {0x2614, 0x2615},
        {0x2648, 0x2653},
        {0x267F, 0x267F},
        {0x2693, 0x2693},
        {0x26A1, 0x26A1},
        {0x26AA, 0x26AB},
        {0x26BD, 0x26BE},
        {0x26C4, 0x26C5},
        {0x26CE, 0x26CE},
        {0x26D4, 0x26D4},
        {0x26EA, 0x26EA},
        {0x26F2, 0x26F3},
        {0x26F5, 0x26F5},
        {0x26FA, 0x26FA},
        {0x26FD, 0x26FD},
        {0x2705, 0x2705},
        {0x270A, 0x270B},
        {0x2728, 0x2728},
        {0x274C, 0x274C},
        {0x274E, 0x274E},
        {0x2753, 0x2755},
        {0x2757, 0x2757},
        {0x2795, 0x2797},
        {0x27B0, 0x27B0},
        {0x27BF, 0x27BF},
        {0x2B1B, 0x2B1C},
        {0x2B50, 0x2B50},
        {0x2B55, 0x2B55},
        {0x2E80, 0x303E},
        {0x3041, 0x33FF},
        {0x3400, 0x4DBF},
        {0x4E00, 0x9FFF},
        {0xA000, 0xA4CF},
        {0xA960, 0xA97F},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE10, 0xFE19},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x16FE0, 0x18DFF},
        {0x1AFF0, 0x1B2FF},
        {0x1F004, 0x1F004},
        {0x1F0CF, 0x1F0CF},
        {0x1F18E, 0x1F18E},
        {0x1F191, 0x1F19A},
        {0x1F1E6, 0x1F1FF},
        {0x1F200, 0x1F265},
        {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF},
        {0x1F7E0, 0x1F7F0},
        {0x1F900, 0x1F9FF},
        {0x1FA70, 0x1FAFF},
        {0x20000, 0x3FFFD}
    };

    private Columns() {}

    /** Returns the columns that a text without control characters takes; 0 for an empty one. */
    static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    private static int of(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || (type == Character.FORMAT && character != 0xAD)
                || (character >= 0x1160 && character <= 0x11FF)) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (character >= range[0] && character <= range[1]) {
                return 2;
            }
        }
        return 1;
    }

    /** Returns as much of the text's beginning as fits into the columns. */
    static String cut(String text, int columns) {
        int used = 0;
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            used += of(character);
            if (used > columns) {
                break;
            }
            at += Character.charCount(character);
        }
        return text.substring(0, at);
    }

    /** Returns the text with blanks behind it up to the columns; a longer text as it is. */
    static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - of(text)));
    }

    /**
     * Breaks a text at its blanks.
     *
     * @param text without line ends
     * @param columns what a part may take, from 2
     * @return the parts, at least one; a word that is too long is broken anywhere
     */
    static List<String> wrap(String text, int columns) {
        List<String> parts = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (of(longer) > columns && !line.isEmpty()) {
                parts.add(line);
                longer = word;
            }
            while (of(longer) > columns) {
                String part = cut(longer, columns);
                parts.add(part);
                longer = longer.substring(part.length());
            }
            line = longer;
        }
        parts.add(line);
        return parts;
    }
}
