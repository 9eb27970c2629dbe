package io.github.reedgate.sim.control;

import java.util.List;

/**
 * What a request is answered with. Immutable.
 *
 * @param ok whether it was done
 * @param text the first line, without {@code ok} or {@code error}
 * @param body further lines; may be empty
 */
record Answer(boolean ok, String text, List<String> body) {

    private static final int LONGEST_LINE = 1_000;

    /** Copies the body. */
    Answer {
        body = List.copyOf(body);
    }

    /** It was done. */
    static Answer ok(String text) {
        return new Answer(true, text, List.of());
    }

    /** It was not done, and why. */
    static Answer error(String text) {
        return new Answer(false, text, List.of());
    }

    /** As sent: the first line, the body's lines indented by one space, an empty line. */
    String wire() {
        StringBuilder wire = new StringBuilder(ok ? "ok " : "error ");
        wire.append(printable(text)).append('\n');
        body.forEach(line -> wire.append(' ').append(printable(line)).append('\n'));
        return wire.append('\n').toString();
    }

    /** Requests are quoted in answers: what could move a terminal's cursor is taken out, what is too long is cut. */
    private static String printable(String line) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < line.length() && i < LONGEST_LINE; i++) {
            char c = line.charAt(i);
            shown.append(Character.isISOControl(c) ? '?' : c);
        }
        return line.length() > LONGEST_LINE ? shown.append('…').toString() : shown.toString();
    }
}
