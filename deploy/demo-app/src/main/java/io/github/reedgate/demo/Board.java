package io.github.reedgate.demo;

import java.io.PrintWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Two columns that grow downwards: on the left what happens in the house, on the right what the phone gets. 80
 * characters wide. Safe for use by any thread.
 */
final class Board {

    private static final int LEFT = 37;
    private static final int RIGHT = 40;
    private static final int TIME = 11;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("mm:ss.SSS");

    private final PrintWriter out;
    private final Paint paint;
    private final List<Runnable> early = new ArrayList<>(); // guarded by this
    private boolean open; // guarded by this

    Board(PrintWriter out, Paint paint) {
        this.out = out;
        this.paint = paint;
    }

    Paint paint() {
        return paint;
    }

    /** Opens the columns; what came for them before follows at once. */
    synchronized void heading() {
        open = true;
        say("");
        say(paint.bold(pad("in the house", LEFT)) + " │ " + paint.bold("what the phone gets"));
        say("─".repeat(LEFT) + "─┼─" + "─".repeat(RIGHT - 1));
        early.forEach(Runnable::run);
        early.clear();
    }

    /** A line in the left column. */
    synchronized void left(String text, UnaryOperator<String> style) {
        String time = now();
        whenOpen(() -> sayLeft(time, text, style));
    }

    private void sayLeft(String now, String text, UnaryOperator<String> style) {
        String time = now;
        for (String part : wrap(text, LEFT - TIME)) {
            say(paint.dim(pad(time, TIME)) + style.apply(pad(part, LEFT - TIME)) + " │");
            time = "";
        }
    }

    /** A line in the right column. */
    synchronized void right(String text, UnaryOperator<String> style) {
        String time = now();
        whenOpen(() -> sayRight(time, text, style));
    }

    private void sayRight(String now, String text, UnaryOperator<String> style) {
        String time = now;
        for (String part : wrap(text, RIGHT - TIME)) {
            say(" ".repeat(LEFT) + " │ " + paint.dim(pad(time, TIME)) + style.apply(part));
            time = "";
        }
    }

    /** A line across both columns. */
    synchronized void across(String text) {
        say(text);
    }

    /** The head of a chapter, across both columns. */
    synchronized void chapter(String title) {
        say(" ".repeat(LEFT) + " │");
        say(paint.bold(pad(title, LEFT)) + " │");
    }

    private void whenOpen(Runnable print) {
        if (open) {
            print.run();
        } else {
            early.add(print);
        }
    }

    private void say(String line) {
        out.println(line.stripTrailing());
        out.flush();
    }

    private static String now() {
        return LocalTime.now(ZoneId.systemDefault()).format(CLOCK);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Breaks at blanks so that each part fits the width; a longer word stays whole. */
    static List<String> wrap(String text, int width) {
        List<String> parts = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                parts.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        parts.add(line.toString());
        return parts;
    }
}
