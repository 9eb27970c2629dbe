package io.github.reedgate.demo;

import java.util.List;

/** The characters that a terminal can show: Unicode, or ASCII only. Immutable. */
final class Glyphs {

    private static final String LINES = "─│╭╮╰╯├┤┌┐└┘┬┴┼╱╲▒•●○═";
    private static final String FOR_LINES = "-|+++++++++++++/\\#o*o=";

    private final boolean ascii;

    private Glyphs(boolean ascii) {
        this.ascii = ascii;
    }

    static Glyphs unicode() {
        return new Glyphs(false);
    }

    static Glyphs ascii() {
        return new Glyphs(true);
    }

    /**
     * Returns a text as this terminal can show it on one line. A character that would move the cursor or change the direction
     * becomes a question mark, because anybody may publish one. So does a character that ASCII lacks and that nothing can stand
     * for.
     */
    String shown(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(character -> append(shown, character));
        return shown.toString();
    }

    /** Returns the texts as this terminal can show them. */
    List<String> shown(List<String> texts) {
        return texts.stream().map(this::shown).toList();
    }

    /** Returns a line of our own as this terminal can show it; control characters stay. */
    String drawn(String line) {
        if (!ascii) {
            return line;
        }
        StringBuilder drawn = new StringBuilder(line.length());
        line.codePoints().forEach(character -> appendDrawn(drawn, character));
        return drawn.toString();
    }

    private void append(StringBuilder shown, int character) {
        if (isHarmful(character)) {
            shown.append('?');
        } else {
            appendDrawn(shown, character);
        }
    }

    private void appendDrawn(StringBuilder shown, int character) {
        if (!ascii || character < 0x7F) {
            shown.appendCodePoint(character);
        } else if (character == '…') {
            shown.append("...");
        } else {
            int at = LINES.indexOf(character);
            shown.append(at < 0 ? '?' : FOR_LINES.charAt(at));
        }
    }

    private static boolean isHarmful(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
